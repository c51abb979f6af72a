// Generated from contracts/src/Stakes.sol by contracts/script/generate-abi.ts. Do not edit.
export const stakesAbi = [
  {
    "type": "constructor",
    "inputs": [
      {
        "name": "unbondDelay_",
        "type": "uint40",
        "internalType": "uint40"
      },
      {
        "name": "token_",
        "type": "address",
        "internalType": "contract ISoukToken"
      },
      {
        "name": "emissions",
        "type": "address",
        "internalType": "contract IEmissions"
      },
      {
        "name": "operators",
        "type": "address",
        "internalType": "contract IOperators"
      },
      {
        "name": "subnets",
        "type": "address",
        "internalType": "contract ISubnets"
      },
      {
        "name": "epochs_",
        "type": "address",
        "internalType": "address"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "ALL_OF_A_STAKE",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "MAX_CHILDREN",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "MAX_DELAY",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "MAX_TAKE",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "MAX_UNBONDING",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "TAKE_RISE_DELAY",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "epochs",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "address",
        "internalType": "address"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "finishUnstake",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "moveStake",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "toSubnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "toOperator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint128",
        "internalType": "uint128"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "poolOf",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "tuple",
        "internalType": "struct IStakes.Pool",
        "components": [
          {
            "name": "stake",
            "type": "uint128",
            "internalType": "uint128"
          },
          {
            "name": "unbonding",
            "type": "uint128",
            "internalType": "uint128"
          },
          {
            "name": "shares",
            "type": "uint256",
            "internalType": "uint256"
          },
          {
            "name": "unbondingShares",
            "type": "uint256",
            "internalType": "uint256"
          }
        ]
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "poolStake",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "setChildren",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "children",
        "type": "tuple[]",
        "internalType": "struct IStakes.Child[]",
        "components": [
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "proportion",
            "type": "uint64",
            "internalType": "uint64"
          }
        ]
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "setTake",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "take",
        "type": "uint16",
        "internalType": "uint16"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "sharesOf",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "delegator",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "slash",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "bps",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "outputs": [
      {
        "name": "taken",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "stake",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint128",
        "internalType": "uint128"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "stakeOf",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "delegator",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "stakeWithPermit",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint128",
        "internalType": "uint128"
      },
      {
        "name": "permission",
        "type": "tuple",
        "internalType": "struct ISoukPurse.Permission",
        "components": [
          {
            "name": "value",
            "type": "uint256",
            "internalType": "uint256"
          },
          {
            "name": "deadline",
            "type": "uint256",
            "internalType": "uint256"
          },
          {
            "name": "v",
            "type": "uint8",
            "internalType": "uint8"
          },
          {
            "name": "r",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "s",
            "type": "bytes32",
            "internalType": "bytes32"
          }
        ]
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "takeOf",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [
      {
        "name": "take",
        "type": "uint16",
        "internalType": "uint16"
      },
      {
        "name": "raisedAt",
        "type": "uint40",
        "internalType": "uint40"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "token",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "address",
        "internalType": "contract ISoukToken"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "totalStake",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "transferStake",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "to",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint128",
        "internalType": "uint128"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "unbondDelay",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint40",
        "internalType": "uint40"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "unbondingOf",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "delegator",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [
      {
        "name": "pending",
        "type": "tuple[]",
        "internalType": "struct IStakes.Pending[]",
        "components": [
          {
            "name": "amount",
            "type": "uint256",
            "internalType": "uint256"
          },
          {
            "name": "availableAt",
            "type": "uint40",
            "internalType": "uint40"
          }
        ]
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "unstake",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint128",
        "internalType": "uint128"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "event",
    "name": "ChildrenSet",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "children",
        "type": "tuple[]",
        "indexed": false,
        "internalType": "struct IStakes.Child[]",
        "components": [
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "proportion",
            "type": "uint64",
            "internalType": "uint64"
          }
        ]
      },
      {
        "name": "fromEpoch",
        "type": "uint64",
        "indexed": false,
        "internalType": "uint64"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "PoolSlashed",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint256",
        "indexed": false,
        "internalType": "uint256"
      },
      {
        "name": "poolStake",
        "type": "uint128",
        "indexed": false,
        "internalType": "uint128"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "StakeChanged",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "delegator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "shares",
        "type": "uint256",
        "indexed": false,
        "internalType": "uint256"
      },
      {
        "name": "poolStake",
        "type": "uint128",
        "indexed": false,
        "internalType": "uint128"
      },
      {
        "name": "poolShares",
        "type": "uint256",
        "indexed": false,
        "internalType": "uint256"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "TakeSet",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "take",
        "type": "uint16",
        "indexed": false,
        "internalType": "uint16"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "UnstakeStarted",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "delegator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint256",
        "indexed": false,
        "internalType": "uint256"
      },
      {
        "name": "availableAt",
        "type": "uint40",
        "indexed": false,
        "internalType": "uint40"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "Unstaked",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "delegator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint256",
        "indexed": false,
        "internalType": "uint256"
      }
    ],
    "anonymous": false
  },
  {
    "type": "error",
    "name": "AmountIsZero",
    "inputs": []
  },
  {
    "type": "error",
    "name": "ChildrenOutOfOrder",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "DelayTooLong",
    "inputs": [
      {
        "name": "delay",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "maximum",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "NoSuchSubnet",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      }
    ]
  },
  {
    "type": "error",
    "name": "NotAnOperator",
    "inputs": [
      {
        "name": "account",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "NotEpochs",
    "inputs": [
      {
        "name": "caller",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "NothingUnbonded",
    "inputs": [
      {
        "name": "nextAt",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "now_",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "OwnStakeStays",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "ProportionsTooLarge",
    "inputs": [
      {
        "name": "sum",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "maximum",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "SafeCastOverflowedUintDowncast",
    "inputs": [
      {
        "name": "bits",
        "type": "uint8",
        "internalType": "uint8"
      },
      {
        "name": "value",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "SafeERC20FailedOperation",
    "inputs": [
      {
        "name": "token",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "SameAccount",
    "inputs": [
      {
        "name": "account",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "StakeTooSmall",
    "inputs": [
      {
        "name": "amount",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "stake",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "SubnetIsDissolved",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      }
    ]
  },
  {
    "type": "error",
    "name": "TakeRaisedLately",
    "inputs": [
      {
        "name": "nextAt",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "now_",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "TakeTooHigh",
    "inputs": [
      {
        "name": "take",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "maximum",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "TooManyChildren",
    "inputs": [
      {
        "name": "count",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "maximum",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "TooManyUnbonding",
    "inputs": [
      {
        "name": "maximum",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  }
] as const;

export const stakesBytecode = '0x6101403461017c57601f61291f38819003918201601f19168301916001600160401b038311848410176101805780849260c09460405283398101031261017c5780519064ffffffffff82169081830361017c576020810151916001600160a01b038316830361017c5760408201516001600160a01b038116810361017c576060830151916001600160a01b038316830361017c576080840151936001600160a01b038516850361017c5760a00151946001600160a01b038616860361017c576080526276a7008111610163575060a05260c05260e052610100526101205260405161278a9081610195823960805181818161014c015281816103c6015281816110a0015281816121360152612367015260a0518181816103360152612665015260c05181612440015260e051818181610d92015281816120ae01526122610152610100518181816101c1015261133a01526101205181818161137b015261193b0152f35b630e62012f60e31b5f526004526276a70060245260445ffd5b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f5f3560e01c806301f4e451146116195780630560ba56146114f657806313bccc38146114da57806334e713cf146114bb5780633eadb3b8146113f05780634125ff90146113d357806345320bf31461139f57806351127fca1461135e57806358152d071461131b57806366069b201461116257806367140ff31461103f5780636cdc084114610cc45780636ea6c98c14610c60578063722df01414610c2c57806383c85c6714610a48578063a2a9b1ae14610a2c578063a698d170146109f9578063af65e3a71461064a578063b4b6261d14610574578063c222ff4914610558578063cb8794cb1461051b578063d550065e146104ad578063dc3823e914610191578063ee5dc56c146101735763fc0c546a1461012d575f80fd5b3461017057806003193601126101705760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b80fd5b5034610170578060031936011261017057602060405162278d008152f35b5034610170576060600319360112610170576101ab61167c565b6101b361168f565b604435916001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016330361048157908163ffffffff859316918284526001602052604084206001600160a01b0382165f52602052827fa881003b701ed58ce7dcbfedc06f9f7c6ab0bc41961ebd080dc5f6fd7899cfe660406001600160a01b036fffffffffffffffffffffffffffffffff61031a835f209a8b548c7fffffffffffffffffffffffffffffffff00000000000000000000000000000000856102a3612710610298838716978261028e828b611c87565b049760801c611c87565b049582861690611bd4565b16915416178d556102fe8d6102be868516825460801c611bd4565b6fffffffffffffffffffffffffffffffff7fffffffffffffffffffffffffffffffff0000000000000000000000000000000083549260801b169116179055565b878c528b602052858c20610313828254611754565b9055611761565b995416948251958a875260208701521693a36001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016918352826020526040832054823b1561047d576040517faaad1e2b00000000000000000000000000000000000000000000000000000000815263ffffffff92909216600483015260248201529082908290604490829084905af180156104725761045d575b506001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016803b1561044e5781906024604051809481937f42966c680000000000000000000000000000000000000000000000000000000083528760048401525af1801561045257610439575b602082604051908152f35b6104448380926117d3565b61044e578161042e565b5080fd5b6040513d85823e3d90fd5b81610467916117d3565b61044e57815f6103bb565b6040513d84823e3d90fd5b8380fd5b6024847f2987447700000000000000000000000000000000000000000000000000000000815233600452fd5b5034610170576060600319360112610170576104c761167c565b906001600160a01b0360406104da61168f565b9263ffffffff6104e86116a5565b9516815260026020522091165f526020526001600160a01b0360405f2091165f52602052602060405f2054604051908152f35b503461017057606060031936011261017057602061055061053a61167c565b61054261168f565b61054a6116a5565b91611c06565b604051908152f35b5034610170578060031936011261017057602060405160058152f35b50346101705760a06003193601126101705761058e61167c565b61059661168f565b9060443563ffffffff811680820361064657606435906001600160a01b03821680830361064257608435946fffffffffffffffffffffffffffffffff8616860361063e5786610618816106299589956001600160a01b036106309c169161060084843314156116da565b63ffffffff87161491821592610633575b5050611717565b610622858761221d565b3391611e9b565b3391612548565b80f35b141590505f80610611565b8780fd5b8680fd5b8480fd5b50346101705760406003193601126101705761066461167c565b61066c61168f565b9063ffffffff8116918284526003602052604084206001600160a01b0382165f5260205260405f206001600160a01b0333165f5260205260405f20926106b384549361206c565b156109845782935b8361094057855b851561090a5750859386905b808210610805575050855b85811061078657505061063093508085526001602052604085206001600160a01b0383165f5260205261074960405f206102be600282019586549661072e845460801c92610728848b83612528565b99611754565b90556fffffffffffffffffffffffffffffffff871690611bd4565b604051908382527f9d6bc1826964315558c896c721aaced83909e0522e53088dab35b5e319aea8a260206001600160a01b0333951693a43361212c565b815480156107d8575f190161079b8184611846565b6107ac5788905582556001016106d9565b6024897f4e487b7100000000000000000000000000000000000000000000000000000000815280600452fd5b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526031600452fd5b90948686101561084d576108446001917affffffffffffffffffffffffffffffffffffffffffffffffffffff61083b8987611846565b50541690611761565b955b01906106ce565b946108588184611846565b5061086c6108668984611754565b85611846565b6108de579081816001949303610884575b5050610846565b815481547affffffffffffffffffffffffffffffffffffffffffffffffffffff9091167fffffffffff0000000000000000000000000000000000000000000000000000009182168117835592541690911790555f8061087d565b60248a7f4e487b7100000000000000000000000000000000000000000000000000000000815280600452fd5b7f629b380f00000000000000000000000000000000000000000000000000000000875264ffffffffff1660045242602452604486fd5b80541561095757808652602086205460d81c6106c2565b6024867f4e487b710000000000000000000000000000000000000000000000000000000081526032600452fd5b93929190835b828110806109e1575b156109d5575f1981146109a85760010161098a565b6024857f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b949091929394936106bb565b506109ec8185611846565b505460d81c421015610993565b503461017057606060031936011261017057610630610a1661167c565b610a1e61168f565b610a266116bb565b91612332565b5034610170578060031936011261017057602060405160088152f35b503461017057606060031936011261017057610a6261167c565b90610a6b61168f565b63ffffffff610a786116a5565b9316928383526003602052604083206001600160a01b0383165f526020526001600160a01b0360405f2091165f5260205260405f2092825260016020526001600160a01b036040832091165f5260205260405f20918054927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0610b13610afd86611ba8565b95610b0b60405197886117d3565b808752611ba8565b01835b818110610c035750506002810154905460801c90835b8551811015610baa5780610b6b84847affffffffffffffffffffffffffffffffffffffffffffffffffffff610b636001968a611846565b505416612528565b610b758287611846565b505460d81c60405191610b87836117b7565b82526020820152610b988289611bc0565b52610ba38188611bc0565b5001610b2c565b8585604051918291602083016020845282518091526020604085019301915b818110610bd7575050500390f35b82518051855260209081015164ffffffffff168186015286955060409094019390920191600101610bc9565b602090604095939551610c15816117b7565b848152848382015282828901015201939193610b16565b503461017057602060031936011261017057604060209163ffffffff610c5061167c565b1681528083522054604051908152f35b5034610170576040600319360112610170576001600160a01b036040610c8461167c565b9263ffffffff610c9261168f565b9416815260016020522091165f5260205260206fffffffffffffffffffffffffffffffff60405f205416604051908152f35b503461017057604060031936011261017057610cde61167c565b6024359067ffffffffffffffff821161103b573660238301121561103b57816004013567ffffffffffffffff811161047d576024830192602436918360061b01011161047d57610d2e338361221d565b6005811161100b5783845b828110610f1157506401000000008111610edd575063ffffffff604051927f6e9e989200000000000000000000000000000000000000000000000000000000845216918260048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610ed2578591610e87575b5067ffffffffffffffff600291160167ffffffffffffffff81116109a857604051918060408401604085525260608301949086905b808210610e3c575050509067ffffffffffffffff7fb6a7d5d9179ce5900b5d7a99af666b5e136ecbeec069340d9530a5797cb39e6a921660208201528033940390a380f35b90919586356001600160a01b038116809103610e8357815260208701359067ffffffffffffffff8216809203610e8357604081600193602083940152019701920190610df7565b8880fd5b90506040813d604011610eca575b81610ea2604093836117d3565b81010312610646575167ffffffffffffffff811681036106465767ffffffffffffffff610dc2565b3d9150610e95565b6040513d87823e3d90fd5b7f2a491a37000000000000000000000000000000000000000000000000000000008552600452640100000000602452604484fd5b90610f25610f20838588611b84565b611b94565b6001600160a01b038116610f3c8233831415611717565b83158015610fb4575b15610f895750610f54906123f9565b6020610f61838588611b84565b01359067ffffffffffffffff821680920361064257600191610f8291611761565b9101610d39565b7f71223b52000000000000000000000000000000000000000000000000000000008852600452602487fd5b505f198401848111610fde57610fd6610f206001600160a01b0392888b611b84565b168111610f45565b6024897f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b7fe10a5b160000000000000000000000000000000000000000000000000000000084526004526005602452604483fd5b8280fd5b503461115e5761010060031936011261115e5761105a61167c565b9061106361168f565b61106b6116bb565b9060a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9c36011261115e576001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001660a43560ff811680910361115e57813b1561115e575f9160e4839260405194859384927fd505accf00000000000000000000000000000000000000000000000000000000845233600485015230602485015260643560448501526084356064850152608484015260c43560a4840152833560c48401525af1611148575b506106309293612332565b61063093505f611157916117d3565b5f9261113d565b5f80fd5b3461115e57604060031936011261115e5761117b61167c565b6024359061ffff821680920361115e57611195338261221d565b612e1482116112e95763ffffffff16805f52600460205260405f206001600160a01b0333165f5260205260405f20805461ffff81168411611228575b50827fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00008254161790556040519182527f86cbac007742241f76928bd32a9a0d89cab5d1ea5f311e9810550421b745a6fa60203393a3005b64ffffffffff8160101c1680155f146112ad57505f5b80421061127e57507fffffffffffffffffffffffffffffffffffffffffffffffffff0000000000ffff164260101b66ffffffffff000016178155836111d1565b7fbeefc953000000000000000000000000000000000000000000000000000000005f526004524260245260445ffd5b62278d0081018091111561123e575b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b507fb7ac2325000000000000000000000000000000000000000000000000000000005f52600452612e1460245260445ffd5b3461115e575f60031936011261115e5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461115e575f60031936011261115e57602060405164ffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461115e57606060031936011261115e576113d16113bb61167c565b6113c361168f565b6113cb6116bb565b91611888565b005b3461115e575f60031936011261115e5760206040516276a7008152f35b3461115e57604060031936011261115e5761140961167c565b63ffffffff61141661168f565b915f60606040516114268161176e565b8281528260208201528260408201520152165f5260016020526001600160a01b0360405f2091165f52602052608060405f206040516114648161176e565b8154916fffffffffffffffffffffffffffffffff808416938484526020840190861c815260606002600185015494604087019586520154940193845260405194855251166020840152516040830152516060820152f35b3461115e575f60031936011261115e5760206040516401000000008152f35b3461115e575f60031936011261115e576020604051612e148152f35b3461115e57608060031936011261115e5761150f61167c565b61151761168f565b61151f6116a5565b90606435926fffffffffffffffffffffffffffffffff841680940361115e576113d193611558836001600160a01b0381163314156116da565b6115836001600160a01b038516918533841415908161160f575b61157b91611717565b338585611c9a565b9063ffffffff8316805f52600260205260405f206001600160a01b0386165f5260205260405f206001600160a01b0333165f5260205260405f206115c8848254611754565b90555f52600260205260405f206001600160a01b0385165f5260205260405f20905f526020526115fd60405f20918254611761565b905561160a338383611dee565b611dee565b8415159150611572565b3461115e57604060031936011261115e5761163261167c565b63ffffffff61163f61168f565b91165f5260046020526001600160a01b0360405f2091165f526020526040805f205464ffffffffff82519161ffff8116835260101c166020820152f35b6004359063ffffffff8216820361115e57565b602435906001600160a01b038216820361115e57565b604435906001600160a01b038216820361115e57565b604435906fffffffffffffffffffffffffffffffff8216820361115e57565b156116e25750565b6001600160a01b03907f994f5c5a000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b1561171f5750565b6001600160a01b03907f96eab70d000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b919082039182116112bc57565b919082018092116112bc57565b6080810190811067ffffffffffffffff82111761178a57604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040810190811067ffffffffffffffff82111761178a57604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761178a57604052565b906fffffffffffffffffffffffffffffffff809116911601906fffffffffffffffffffffffffffffffff82116112bc57565b805482101561185b575f5260205f2001905f90565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b91909161189782338584611e9b565b6118a08161206c565b611b265763ffffffff16805f52600360205260405f206001600160a01b0384165f5260205260405f206001600160a01b0333165f5260205260405f20600881541015611af957815f52600160205260405f206001600160a01b0385165f5260205260405f20926002840193845494815460801c92611932846fffffffffffffffffffffffffffffffff831698896121fc565b9264ffffffffff7f00000000000000000000000000000000000000000000000000000000000000001664ffffffffff4216019464ffffffffff86116112bc5761197e926102be91611814565b611989828254611761565b90557affffffffffffffffffffffffffffffffffffffffffffffffffffff8111611ac9577affffffffffffffffffffffffffffffffffffffffffffffffffffff604051916119d6836117b7565b16815264ffffffffff6020820192169283835280546801000000000000000081101561178a57611a0b91600182018155611846565b919091611a9d5751915160d81b7fffffffffff000000000000000000000000000000000000000000000000000000167affffffffffffffffffffffffffffffffffffffffffffffffffffff9290921691909117905560405192835260208301527f8e99393ba6d9e318b7315ea3c2fa1914835421f65ed9faf978aede5b9e81d9eb60406001600160a01b0333951693a4565b7f4e487b71000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b7f6dfcc650000000000000000000000000000000000000000000000000000000005f5260d860045260245260445ffd5b7fade1295f000000000000000000000000000000000000000000000000000000005f52600860045260245ffd5b91611b82926fffffffffffffffffffffffffffffffff6040519316928381527f9d6bc1826964315558c896c721aaced83909e0522e53088dab35b5e319aea8a2602063ffffffff6001600160a01b03339616941692a43361212c565b565b919081101561185b5760061b0190565b356001600160a01b038116810361115e5790565b67ffffffffffffffff811161178a5760051b60200190565b805182101561185b5760209160051b010190565b906fffffffffffffffffffffffffffffffff809116911603906fffffffffffffffffffffffffffffffff82116112bc57565b9163ffffffff611c84931691825f52600160205260405f206001600160a01b0382165f5260205260405f20925f5260026020526001600160a01b0360405f2091165f526020526001600160a01b0360405f2091165f5260205260405f2054906fffffffffffffffffffffffffffffffff600182015491541691612528565b90565b818102929181159184041417156112bc57565b90918315611dc657611cad818484611c06565b808511611d97578414611d5a575063ffffffff165f5260016020526001600160a01b0360405f2091165f5260205260405f206fffffffffffffffffffffffffffffffff6001820154915416600182018092116112bc57600181018091116112bc57611d198183856126eb565b918115611d2d57611c849309151590611761565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b925063ffffffff165f5260026020526001600160a01b0360405f2091165f526020526001600160a01b0360405f2091165f5260205260405f205490565b847ff74c0f33000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7f43ad20fc000000000000000000000000000000000000000000000000000000005f5260045ffd5b63ffffffff9092919216805f52600160205260405f206001600160a01b0384165f526020527f8a4604c09c336c1135a82f9892e2cffa567f2b954825f389b27ef29b730b979560606001600160a01b038060405f2095855f52600260205260405f208289165f5260205260405f208282165f5260205260405f20549660016fffffffffffffffffffffffffffffffff825416910154906040519889526020890152604088015216951693a4565b61160a611f90611b82956fffffffffffffffffffffffffffffffff811690611ec582888888611c9a565b600163ffffffff871692835f528160205260405f206001600160a01b038a165f526020526fffffffffffffffffffffffffffffffff611f0b60405f209282845416611bd4565b167fffffffffffffffffffffffffffffffff0000000000000000000000000000000082541617815501611f3f828254611754565b9055815f52600260205260405f206001600160a01b0388165f5260205260405f206001600160a01b0389165f52602052611f7e60405f20918254611754565b90555f525f60205260405f2054611754565b82612648565b51906001600160a01b038216820361115e57565b519065ffffffffffff8216820361115e57565b51906bffffffffffffffffffffffff8216820361115e57565b908160c091031261115e576040519060c0820182811067ffffffffffffffff82111761178a5760405261200881611f96565b825261201660208201611faa565b6020830152604081015162ffffff8116810361115e576040830152606081015161ffff8116810361115e576120649160a091606085015261205960808201611fbd565b608085015201611faa565b60a082015290565b63ffffffff604051917f6c3caa2400000000000000000000000000000000000000000000000000000000835216600482015260c0816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156121215765ffffffffffff9160a0915f916120f2575b50015116151590565b612114915060c03d60c01161211a575b61210c81836117d3565b810190611fd6565b5f6120e9565b503d612102565b6040513d5f823e3d90fd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016916001600160a01b03604051927fa9059cbb000000000000000000000000000000000000000000000000000000005f521660045260245260205f60448180865af19060015f51148216156121db575b604052156121b05750565b7f5274afe7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9060018115166121f357823b15153d151616906121a5565b503d5f823e3d90fd5b9190600181018091116112bc57600182018092116112bc57611c84926126eb565b63ffffffff604051917f6c3caa24000000000000000000000000000000000000000000000000000000008352169081600482015260c0816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115612121575f91612313575b506001600160a01b03815116156122e75760a0015165ffffffffffff166122bc5750611b82906123f9565b7f1866a30e000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b507fc994003d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b61232c915060c03d60c01161211a5761210c81836117d3565b5f612291565b82612354916fffffffffffffffffffffffffffffffff9493610629818361221d565b168061235d5750565b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001690604051907f23b872dd000000000000000000000000000000000000000000000000000000005f52336004523060245260445260205f60648180865af19060015f51148216156123e1575b6040525f606052156121b05750565b9060018115166121f357823b15153d151616906123d2565b6001600160a01b03604051917f636f35d300000000000000000000000000000000000000000000000000000000835216908160048201526060816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015612121575f906124ae575b6001600160a01b0391505116156124835750565b7fc0ae66ad000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b506060813d606011612520575b816124c8606093836117d3565b8101031261115e576040516060810181811067ffffffffffffffff82111761178a576001600160a01b0392604091825261250181611f96565b835261250f60208201611fbd565b60208401520151604082015261246f565b3d91506124bb565b91600181018091116112bc57600182018092116112bc57611c84926126eb565b6fffffffffffffffffffffffffffffffff84168015611dc657611f9061160a91611b829663ffffffff851690815f52600160205260405f206001600160a01b0388165f5260205260405f2060018101906fffffffffffffffffffffffffffffffff6125c48354946125be8385541680978a6121fc565b95611814565b167fffffffffffffffffffffffffffffffff000000000000000000000000000000008254161790556125f7828254611761565b9055815f52600260205260405f206001600160a01b0388165f5260205260405f206001600160a01b0389165f5260205261263660405f20918254611761565b90555f525f60205260405f2054611761565b63ffffffff81165f525f6020528160405f20556001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001691823b1561115e576040517faaad1e2b00000000000000000000000000000000000000000000000000000000815263ffffffff9290921660048301526024820152905f908290604490829084905af18015612121576126e15750565b5f611b82916117d3565b90915f19838309928083029283808610950394808603951461277c57848311156127645790829109815f0382168092046002816003021880820260020302808202600203028082026002030280820260020302808202600203028091026002030293600183805f03040190848311900302920304170290565b82634e487b715f52156003026011186020526024601cfd5b505091508115611d2d57049056' as const;
