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
        "internalType": "struct ISubnets.Permission",
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

export const stakesBytecode = '0x61014080604052346101ae5760a081612938803803809161002082856101c5565b8339810103126101ae5780519064ffffffffff8216908183036101ae5760208101516001600160a01b03811692908381036101ae576040830151916001600160a01b03831683036101ae576060840151936001600160a01b03851685036101ae5760800151946001600160a01b03861686036101ae57602060049160405192838092637e062a3560e11b82525afa9081156101ba575f91610174575b506080526276a700811161015b575060a05260c05260e052610100526101205260405161273b90816101fd823960805181818161037701528181611051015281816120e70152612318015260a0518181816102e70152612616015260c051816123f1015260e051818181610d430152818161205f015261221201526101005181818161017201526112eb01526101205181818161132c01526118ec0152f35b630e62012f60e31b5f526004526276a70060245260445ffd5b90506020813d6020116101b2575b8161018f602093836101c5565b810103126101ae57516001600160a01b03811681036101ae575f6100bc565b5f80fd5b3d9150610182565b6040513d5f823e3d90fd5b601f909101601f19168101906001600160401b038211908210176101e857604052565b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f5f3560e01c806301f4e451146115ca5780630560ba56146114a757806313bccc381461148b57806334e713cf1461146c5780633eadb3b8146113a15780634125ff901461138457806345320bf31461135057806351127fca1461130f57806358152d07146112cc57806366069b201461111357806367140ff314610ff05780636cdc084114610c755780636ea6c98c14610c11578063722df01414610bdd57806383c85c67146109f9578063a2a9b1ae146109dd578063a698d170146109aa578063af65e3a7146105fb578063b4b6261d14610525578063c222ff4914610509578063cb8794cb146104cc578063d550065e1461045e578063dc3823e9146101425763ee5dc56c14610122575f80fd5b3461013f578060031936011261013f57602060405162278d008152f35b80fd5b503461013f57606060031936011261013f5761015c61162d565b610164611640565b604435916001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016330361043257908163ffffffff859316918284526001602052604084206001600160a01b0382165f52602052827fa881003b701ed58ce7dcbfedc06f9f7c6ab0bc41961ebd080dc5f6fd7899cfe660406001600160a01b036fffffffffffffffffffffffffffffffff6102cb835f209a8b548c7fffffffffffffffffffffffffffffffff0000000000000000000000000000000085610254612710610249838716978261023f828b611c38565b049760801c611c38565b049582861690611b85565b16915416178d556102af8d61026f868516825460801c611b85565b6fffffffffffffffffffffffffffffffff7fffffffffffffffffffffffffffffffff0000000000000000000000000000000083549260801b169116179055565b878c528b602052858c206102c4828254611705565b9055611712565b995416948251958a875260208701521693a36001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016918352826020526040832054823b1561042e576040517faaad1e2b00000000000000000000000000000000000000000000000000000000815263ffffffff92909216600483015260248201529082908290604490829084905af180156104235761040e575b506001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016803b156103ff5781906024604051809481937f42966c680000000000000000000000000000000000000000000000000000000083528760048401525af18015610403576103ea575b602082604051908152f35b6103f5838092611784565b6103ff57816103df565b5080fd5b6040513d85823e3d90fd5b8161041891611784565b6103ff57815f61036c565b6040513d84823e3d90fd5b8380fd5b6024847f2987447700000000000000000000000000000000000000000000000000000000815233600452fd5b503461013f57606060031936011261013f5761047861162d565b906001600160a01b03604061048b611640565b9263ffffffff610499611656565b9516815260026020522091165f526020526001600160a01b0360405f2091165f52602052602060405f2054604051908152f35b503461013f57606060031936011261013f5760206105016104eb61162d565b6104f3611640565b6104fb611656565b91611bb7565b604051908152f35b503461013f578060031936011261013f57602060405160058152f35b503461013f5760a060031936011261013f5761053f61162d565b610547611640565b9060443563ffffffff81168082036105f757606435906001600160a01b0382168083036105f357608435946fffffffffffffffffffffffffffffffff861686036105ef57866105c9816105da9589956001600160a01b036105e19c16916105b1848433141561168b565b63ffffffff871614918215926105e4575b50506116c8565b6105d385876121ce565b3391611e4c565b33916124f9565b80f35b141590505f806105c2565b8780fd5b8680fd5b8480fd5b503461013f57604060031936011261013f5761061561162d565b61061d611640565b9063ffffffff8116918284526003602052604084206001600160a01b0382165f5260205260405f206001600160a01b0333165f5260205260405f209261066484549361201d565b156109355782935b836108f157855b85156108bb5750859386905b8082106107b6575050855b8581106107375750506105e193508085526001602052604085206001600160a01b0383165f526020526106fa60405f2061026f60028201958654966106df845460801c926106d9848b836124d9565b99611705565b90556fffffffffffffffffffffffffffffffff871690611b85565b604051908382527f9d6bc1826964315558c896c721aaced83909e0522e53088dab35b5e319aea8a260206001600160a01b0333951693a4336120dd565b81548015610789575f190161074c81846117f7565b61075d57889055825560010161068a565b6024897f4e487b7100000000000000000000000000000000000000000000000000000000815280600452fd5b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526031600452fd5b9094868610156107fe576107f56001917affffffffffffffffffffffffffffffffffffffffffffffffffffff6107ec89876117f7565b50541690611712565b955b019061067f565b9461080981846117f7565b5061081d6108178984611705565b856117f7565b61088f579081816001949303610835575b50506107f7565b815481547affffffffffffffffffffffffffffffffffffffffffffffffffffff9091167fffffffffff0000000000000000000000000000000000000000000000000000009182168117835592541690911790555f8061082e565b60248a7f4e487b7100000000000000000000000000000000000000000000000000000000815280600452fd5b7f629b380f00000000000000000000000000000000000000000000000000000000875264ffffffffff1660045242602452604486fd5b80541561090857808652602086205460d81c610673565b6024867f4e487b710000000000000000000000000000000000000000000000000000000081526032600452fd5b93929190835b82811080610992575b15610986575f1981146109595760010161093b565b6024857f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b9490919293949361066c565b5061099d81856117f7565b505460d81c421015610944565b503461013f57606060031936011261013f576105e16109c761162d565b6109cf611640565b6109d761166c565b916122e3565b503461013f578060031936011261013f57602060405160088152f35b503461013f57606060031936011261013f57610a1361162d565b90610a1c611640565b63ffffffff610a29611656565b9316928383526003602052604083206001600160a01b0383165f526020526001600160a01b0360405f2091165f5260205260405f2092825260016020526001600160a01b036040832091165f5260205260405f20918054927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0610ac4610aae86611b59565b95610abc6040519788611784565b808752611b59565b01835b818110610bb45750506002810154905460801c90835b8551811015610b5b5780610b1c84847affffffffffffffffffffffffffffffffffffffffffffffffffffff610b146001968a6117f7565b5054166124d9565b610b2682876117f7565b505460d81c60405191610b3883611768565b82526020820152610b498289611b71565b52610b548188611b71565b5001610add565b8585604051918291602083016020845282518091526020604085019301915b818110610b88575050500390f35b82518051855260209081015164ffffffffff168186015286955060409094019390920191600101610b7a565b602090604095939551610bc681611768565b848152848382015282828901015201939193610ac7565b503461013f57602060031936011261013f57604060209163ffffffff610c0161162d565b1681528083522054604051908152f35b503461013f57604060031936011261013f576001600160a01b036040610c3561162d565b9263ffffffff610c43611640565b9416815260016020522091165f5260205260206fffffffffffffffffffffffffffffffff60405f205416604051908152f35b503461013f57604060031936011261013f57610c8f61162d565b6024359067ffffffffffffffff8211610fec5736602383011215610fec57816004013567ffffffffffffffff811161042e576024830192602436918360061b01011161042e57610cdf33836121ce565b60058111610fbc5783845b828110610ec257506401000000008111610e8e575063ffffffff604051927f6e9e989200000000000000000000000000000000000000000000000000000000845216918260048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610e83578591610e38575b5067ffffffffffffffff600291160167ffffffffffffffff811161095957604051918060408401604085525260608301949086905b808210610ded575050509067ffffffffffffffff7fb6a7d5d9179ce5900b5d7a99af666b5e136ecbeec069340d9530a5797cb39e6a921660208201528033940390a380f35b90919586356001600160a01b038116809103610e3457815260208701359067ffffffffffffffff8216809203610e3457604081600193602083940152019701920190610da8565b8880fd5b90506040813d604011610e7b575b81610e5360409383611784565b810103126105f7575167ffffffffffffffff811681036105f75767ffffffffffffffff610d73565b3d9150610e46565b6040513d87823e3d90fd5b7f2a491a37000000000000000000000000000000000000000000000000000000008552600452640100000000602452604484fd5b90610ed6610ed1838588611b35565b611b45565b6001600160a01b038116610eed82338314156116c8565b83158015610f65575b15610f3a5750610f05906123aa565b6020610f12838588611b35565b01359067ffffffffffffffff82168092036105f357600191610f3391611712565b9101610cea565b7f71223b52000000000000000000000000000000000000000000000000000000008852600452602487fd5b505f198401848111610f8f57610f87610ed16001600160a01b0392888b611b35565b168111610ef6565b6024897f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b7fe10a5b160000000000000000000000000000000000000000000000000000000084526004526005602452604483fd5b8280fd5b503461110f5761010060031936011261110f5761100b61162d565b90611014611640565b61101c61166c565b9060a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9c36011261110f576001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001660a43560ff811680910361110f57813b1561110f575f9160e4839260405194859384927fd505accf00000000000000000000000000000000000000000000000000000000845233600485015230602485015260643560448501526084356064850152608484015260c43560a4840152833560c48401525af16110f9575b506105e192936122e3565b6105e193505f61110891611784565b5f926110ee565b5f80fd5b3461110f57604060031936011261110f5761112c61162d565b6024359061ffff821680920361110f5761114633826121ce565b612e14821161129a5763ffffffff16805f52600460205260405f206001600160a01b0333165f5260205260405f20805461ffff811684116111d9575b50827fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00008254161790556040519182527f86cbac007742241f76928bd32a9a0d89cab5d1ea5f311e9810550421b745a6fa60203393a3005b64ffffffffff8160101c1680155f1461125e57505f5b80421061122f57507fffffffffffffffffffffffffffffffffffffffffffffffffff0000000000ffff164260101b66ffffffffff00001617815583611182565b7fbeefc953000000000000000000000000000000000000000000000000000000005f526004524260245260445ffd5b62278d008101809111156111ef575b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b507fb7ac2325000000000000000000000000000000000000000000000000000000005f52600452612e1460245260445ffd5b3461110f575f60031936011261110f5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461110f575f60031936011261110f57602060405164ffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461110f57606060031936011261110f5761138261136c61162d565b611374611640565b61137c61166c565b91611839565b005b3461110f575f60031936011261110f5760206040516276a7008152f35b3461110f57604060031936011261110f576113ba61162d565b63ffffffff6113c7611640565b915f60606040516113d78161171f565b8281528260208201528260408201520152165f5260016020526001600160a01b0360405f2091165f52602052608060405f206040516114158161171f565b8154916fffffffffffffffffffffffffffffffff808416938484526020840190861c815260606002600185015494604087019586520154940193845260405194855251166020840152516040830152516060820152f35b3461110f575f60031936011261110f5760206040516401000000008152f35b3461110f575f60031936011261110f576020604051612e148152f35b3461110f57608060031936011261110f576114c061162d565b6114c8611640565b6114d0611656565b90606435926fffffffffffffffffffffffffffffffff841680940361110f5761138293611509836001600160a01b03811633141561168b565b6115346001600160a01b03851691853384141590816115c0575b61152c916116c8565b338585611c4b565b9063ffffffff8316805f52600260205260405f206001600160a01b0386165f5260205260405f206001600160a01b0333165f5260205260405f20611579848254611705565b90555f52600260205260405f206001600160a01b0385165f5260205260405f20905f526020526115ae60405f20918254611712565b90556115bb338383611d9f565b611d9f565b8415159150611523565b3461110f57604060031936011261110f576115e361162d565b63ffffffff6115f0611640565b91165f5260046020526001600160a01b0360405f2091165f526020526040805f205464ffffffffff82519161ffff8116835260101c166020820152f35b6004359063ffffffff8216820361110f57565b602435906001600160a01b038216820361110f57565b604435906001600160a01b038216820361110f57565b604435906fffffffffffffffffffffffffffffffff8216820361110f57565b156116935750565b6001600160a01b03907f994f5c5a000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b156116d05750565b6001600160a01b03907f96eab70d000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b9190820391821161126d57565b9190820180921161126d57565b6080810190811067ffffffffffffffff82111761173b57604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040810190811067ffffffffffffffff82111761173b57604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761173b57604052565b906fffffffffffffffffffffffffffffffff809116911601906fffffffffffffffffffffffffffffffff821161126d57565b805482101561180c575f5260205f2001905f90565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b91909161184882338584611e4c565b6118518161201d565b611ad75763ffffffff16805f52600360205260405f206001600160a01b0384165f5260205260405f206001600160a01b0333165f5260205260405f20600881541015611aaa57815f52600160205260405f206001600160a01b0385165f5260205260405f20926002840193845494815460801c926118e3846fffffffffffffffffffffffffffffffff831698896121ad565b9264ffffffffff7f00000000000000000000000000000000000000000000000000000000000000001664ffffffffff4216019464ffffffffff861161126d5761192f9261026f916117c5565b61193a828254611712565b90557affffffffffffffffffffffffffffffffffffffffffffffffffffff8111611a7a577affffffffffffffffffffffffffffffffffffffffffffffffffffff6040519161198783611768565b16815264ffffffffff6020820192169283835280546801000000000000000081101561173b576119bc916001820181556117f7565b919091611a4e5751915160d81b7fffffffffff000000000000000000000000000000000000000000000000000000167affffffffffffffffffffffffffffffffffffffffffffffffffffff9290921691909117905560405192835260208301527f8e99393ba6d9e318b7315ea3c2fa1914835421f65ed9faf978aede5b9e81d9eb60406001600160a01b0333951693a4565b7f4e487b71000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b7f6dfcc650000000000000000000000000000000000000000000000000000000005f5260d860045260245260445ffd5b7fade1295f000000000000000000000000000000000000000000000000000000005f52600860045260245ffd5b91611b33926fffffffffffffffffffffffffffffffff6040519316928381527f9d6bc1826964315558c896c721aaced83909e0522e53088dab35b5e319aea8a2602063ffffffff6001600160a01b03339616941692a4336120dd565b565b919081101561180c5760061b0190565b356001600160a01b038116810361110f5790565b67ffffffffffffffff811161173b5760051b60200190565b805182101561180c5760209160051b010190565b906fffffffffffffffffffffffffffffffff809116911603906fffffffffffffffffffffffffffffffff821161126d57565b9163ffffffff611c35931691825f52600160205260405f206001600160a01b0382165f5260205260405f20925f5260026020526001600160a01b0360405f2091165f526020526001600160a01b0360405f2091165f5260205260405f2054906fffffffffffffffffffffffffffffffff6001820154915416916124d9565b90565b8181029291811591840414171561126d57565b90918315611d7757611c5e818484611bb7565b808511611d48578414611d0b575063ffffffff165f5260016020526001600160a01b0360405f2091165f5260205260405f206fffffffffffffffffffffffffffffffff60018201549154166001820180921161126d576001810180911161126d57611cca81838561269c565b918115611cde57611c359309151590611712565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b925063ffffffff165f5260026020526001600160a01b0360405f2091165f526020526001600160a01b0360405f2091165f5260205260405f205490565b847ff74c0f33000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7f43ad20fc000000000000000000000000000000000000000000000000000000005f5260045ffd5b63ffffffff9092919216805f52600160205260405f206001600160a01b0384165f526020527f8a4604c09c336c1135a82f9892e2cffa567f2b954825f389b27ef29b730b979560606001600160a01b038060405f2095855f52600260205260405f208289165f5260205260405f208282165f5260205260405f20549660016fffffffffffffffffffffffffffffffff825416910154906040519889526020890152604088015216951693a4565b6115bb611f41611b33956fffffffffffffffffffffffffffffffff811690611e7682888888611c4b565b600163ffffffff871692835f528160205260405f206001600160a01b038a165f526020526fffffffffffffffffffffffffffffffff611ebc60405f209282845416611b85565b167fffffffffffffffffffffffffffffffff0000000000000000000000000000000082541617815501611ef0828254611705565b9055815f52600260205260405f206001600160a01b0388165f5260205260405f206001600160a01b0389165f52602052611f2f60405f20918254611705565b90555f525f60205260405f2054611705565b826125f9565b51906001600160a01b038216820361110f57565b519065ffffffffffff8216820361110f57565b51906bffffffffffffffffffffffff8216820361110f57565b908160c091031261110f576040519060c0820182811067ffffffffffffffff82111761173b57604052611fb981611f47565b8252611fc760208201611f5b565b6020830152604081015162ffffff8116810361110f576040830152606081015161ffff8116810361110f576120159160a091606085015261200a60808201611f6e565b608085015201611f5b565b60a082015290565b63ffffffff604051917f6c3caa2400000000000000000000000000000000000000000000000000000000835216600482015260c0816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156120d25765ffffffffffff9160a0915f916120a3575b50015116151590565b6120c5915060c03d60c0116120cb575b6120bd8183611784565b810190611f87565b5f61209a565b503d6120b3565b6040513d5f823e3d90fd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016916001600160a01b03604051927fa9059cbb000000000000000000000000000000000000000000000000000000005f521660045260245260205f60448180865af19060015f511482161561218c575b604052156121615750565b7f5274afe7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9060018115166121a457823b15153d15161690612156565b503d5f823e3d90fd5b91906001810180911161126d576001820180921161126d57611c359261269c565b63ffffffff604051917f6c3caa24000000000000000000000000000000000000000000000000000000008352169081600482015260c0816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156120d2575f916122c4575b506001600160a01b03815116156122985760a0015165ffffffffffff1661226d5750611b33906123aa565b7f1866a30e000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b507fc994003d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6122dd915060c03d60c0116120cb576120bd8183611784565b5f612242565b82612305916fffffffffffffffffffffffffffffffff94936105da81836121ce565b168061230e5750565b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001690604051907f23b872dd000000000000000000000000000000000000000000000000000000005f52336004523060245260445260205f60648180865af19060015f5114821615612392575b6040525f606052156121615750565b9060018115166121a457823b15153d15161690612383565b6001600160a01b03604051917f636f35d300000000000000000000000000000000000000000000000000000000835216908160048201526060816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa80156120d2575f9061245f575b6001600160a01b0391505116156124345750565b7fc0ae66ad000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b506060813d6060116124d1575b8161247960609383611784565b8101031261110f576040516060810181811067ffffffffffffffff82111761173b576001600160a01b039260409182526124b281611f47565b83526124c060208201611f6e565b602084015201516040820152612420565b3d915061246c565b916001810180911161126d576001820180921161126d57611c359261269c565b6fffffffffffffffffffffffffffffffff84168015611d7757611f416115bb91611b339663ffffffff851690815f52600160205260405f206001600160a01b0388165f5260205260405f2060018101906fffffffffffffffffffffffffffffffff61257583549461256f8385541680978a6121ad565b956117c5565b167fffffffffffffffffffffffffffffffff000000000000000000000000000000008254161790556125a8828254611712565b9055815f52600260205260405f206001600160a01b0388165f5260205260405f206001600160a01b0389165f526020526125e760405f20918254611712565b90555f525f60205260405f2054611712565b63ffffffff81165f525f6020528160405f20556001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001691823b1561110f576040517faaad1e2b00000000000000000000000000000000000000000000000000000000815263ffffffff9290921660048301526024820152905f908290604490829084905af180156120d2576126925750565b5f611b3391611784565b90915f19838309928083029283808610950394808603951461272d57848311156127155790829109815f0382168092046002816003021880820260020302808202600203028082026002030280820260020302808202600203028091026002030293600183805f03040190848311900302920304170290565b82634e487b715f52156003026011186020526024601cfd5b505091508115611cde57049056' as const;
