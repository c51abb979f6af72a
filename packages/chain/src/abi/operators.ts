// Generated from contracts/src/Operators.sol by contracts/script/generate-abi.ts. Do not edit.
export const operatorsAbi = [
  {
    "type": "constructor",
    "inputs": [
      {
        "name": "bondToken_",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "feeSink_",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "minimumBond_",
        "type": "uint96",
        "internalType": "uint96"
      },
      {
        "name": "unbondDelay_",
        "type": "uint40",
        "internalType": "uint40"
      },
      {
        "name": "slashers",
        "type": "address[]",
        "internalType": "address[]"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "MAX_UNBOND_DELAY",
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
    "name": "activeHotKey",
    "inputs": [
      {
        "name": "account",
        "type": "address",
        "internalType": "address"
      }
    ],
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
    "name": "bond",
    "inputs": [
      {
        "name": "amount",
        "type": "uint96",
        "internalType": "uint96"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "bondToken",
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
    "name": "feeSink",
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
    "name": "finishUnbond",
    "inputs": [],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "isSlasher",
    "inputs": [
      {
        "name": "account",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "bool",
        "internalType": "bool"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "minimumBond",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint96",
        "internalType": "uint96"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "operatorByHotKey",
    "inputs": [
      {
        "name": "hotKey",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "operatorOf",
    "inputs": [
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
        "internalType": "struct IOperators.Operator",
        "components": [
          {
            "name": "hotKey",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "bond",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "metadata",
            "type": "bytes32",
            "internalType": "bytes32"
          }
        ]
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "register",
    "inputs": [
      {
        "name": "hotKey",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint96",
        "internalType": "uint96"
      },
      {
        "name": "metadata",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "registerWithPermit",
    "inputs": [
      {
        "name": "hotKey",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint96",
        "internalType": "uint96"
      },
      {
        "name": "metadata",
        "type": "bytes32",
        "internalType": "bytes32"
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
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "retiredAt",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "hotKey",
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
    "name": "rotateHotKey",
    "inputs": [
      {
        "name": "newKey",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "setMetadata",
    "inputs": [
      {
        "name": "metadata",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "slash",
    "inputs": [
      {
        "name": "account",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint96",
        "internalType": "uint96"
      }
    ],
    "outputs": [
      {
        "name": "taken",
        "type": "uint96",
        "internalType": "uint96"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "unbond",
    "inputs": [
      {
        "name": "amount",
        "type": "uint96",
        "internalType": "uint96"
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
    "name": "unbonding",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [
      {
        "name": "amount",
        "type": "uint96",
        "internalType": "uint96"
      },
      {
        "name": "availableAt",
        "type": "uint40",
        "internalType": "uint40"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "event",
    "name": "Bonded",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      },
      {
        "name": "bond",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "HotKeyRotated",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "oldKey",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "newKey",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "MetadataChanged",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "metadata",
        "type": "bytes32",
        "indexed": false,
        "internalType": "bytes32"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "OperatorRegistered",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "hotKey",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "bond",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      },
      {
        "name": "metadata",
        "type": "bytes32",
        "indexed": false,
        "internalType": "bytes32"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "Slashed",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "slasher",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "UnbondFinished",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "UnbondStarted",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
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
    "type": "error",
    "name": "AlreadyRegistered",
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
    "name": "AmountIsZero",
    "inputs": []
  },
  {
    "type": "error",
    "name": "BondTooSmall",
    "inputs": [
      {
        "name": "bond",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "minimum",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "DelayTooLong",
    "inputs": [
      {
        "name": "delay",
        "type": "uint40",
        "internalType": "uint40"
      },
      {
        "name": "maximum",
        "type": "uint40",
        "internalType": "uint40"
      }
    ]
  },
  {
    "type": "error",
    "name": "HotKeyTaken",
    "inputs": [
      {
        "name": "hotKey",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "InvalidHotKey",
    "inputs": [
      {
        "name": "hotKey",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "NotRegistered",
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
    "name": "NotSlasher",
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
    "name": "NothingToUnbond",
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
    "name": "StillLocked",
    "inputs": [
      {
        "name": "availableAt",
        "type": "uint40",
        "internalType": "uint40"
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
    "name": "UnbondTooLarge",
    "inputs": [
      {
        "name": "amount",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "bond",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "ZeroAddress",
    "inputs": []
  }
] as const;

export const operatorsBytecode = '0x610100604052346101fc576116558038038061001a81610214565b92833981019060a0818303126101fc5761003381610239565b9061004060208201610239565b6040820151916001600160601b03831683036101fc5760608101519364ffffffffff8516918286036101fc576080810151906001600160401b0382116101fc57019580601f880112156101fc578651966001600160401b038811610200578760051b906020806100b1818501610214565b809b815201928201019283116101fc57602001905b8282106101e4575050506001600160a01b031690811515806101d2575b156101c3576276a70081116101aa575060805260a05260c05260e0525f5b815181101561013857600190818060a01b0360208260051b85010151165f525f60205260405f208260ff1982541617905501610101565b604051611407908161024e823960805181818161023d0152818161055d015281816105e101528181610ba601528181610e010152611260015260a05181818161053c0152610d08015260c05181818161086b01528181610c6f0152611160015260e0518181816106520152610acc0152f35b63533e744960e01b5f526004526276a70060245260445ffd5b63d92e233d60e01b5f5260045ffd5b506001600160a01b03831615156100e3565b602080916101f184610239565b8152019101906100c6565b5f80fd5b634e487b7160e01b5f52604160045260245ffd5b6040519190601f01601f191682016001600160401b0381118382101761020057604052565b51906001600160a01b03821682036101fc5756fe6080806040526004361015610012575f80fd5b5f905f3560e01c90816316053fb114610e25575080632e2470be14610d2c5780634b38474d14610cdc5780634c3135d814610c255780634c31570114610af057806351127fca14610aaf57806357601c5d14610a665780635af47df614610a37578063636f35d31461098257806368b1c5ba14610932578063a2daf783146108ac578063a9222e8b1461088f578063aa7517e114610847578063bbc64dba14610605578063c28f4392146105b5578063c61b4cc3146103c6578063ced4cd2e1461033c578063e471392d146101f45763e96e3c04146100ef575f80fd5b346101f15760206003193601126101f157610108610e7c565b73ffffffffffffffffffffffffffffffffffffffff61012633610f61565b91818354169283855260016020523383604087205416146101ba575b61014b82611311565b8282167fffffffffffffffffffffffff00000000000000000000000000000000000000008254161790553384526004602052604084208284165f5260205260405f204390551690337f6fd81c670d485a9901ed189f3bb91692543ad4db2409147716761a87954ba1928480a480f35b8385526001602052604085207fffffffffffffffffffffffff00000000000000000000000000000000000000008154169055610142565b80fd5b50346103385760e06003193601126103385761020e610e7c565b90610217610eba565b9160843560ff81168091036103385773ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690813b15610338575f9160e4839260405194859384927fd505accf0000000000000000000000000000000000000000000000000000000084523360048501523060248501526bffffffffffffffffffffffff8b1660448501526064356064850152608484015260a43560a484015260c43560c48401525af16102ec575b506102e9919260443591611125565b80f35b915067ffffffffffffffff821161030b576102e9916040525f916102da565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b5f80fd5b346103385760206003193601126103385773ffffffffffffffffffffffffffffffffffffffff61036a610e7c565b165f5260036020526103c260405f205460405191816bffffffffffffffffffffffff64ffffffffff859460601c1691168390929164ffffffffff6020916bffffffffffffffffffffffff604085019616845216910152565b0390f35b34610338576040600319360112610338576103df610e7c565b6103e7610eba565b90335f525f60205260ff60405f20541615610589576104fb60209261045473ffffffffffffffffffffffffffffffffffffffff61042385610f61565b941693845f52600386526104b460405f2091610470815460a01c9561046a61044b88836112e2565b96878093610f37565b6bffffffffffffffffffffffff875416906112e2565b96610f37565b73ffffffffffffffffffffffffffffffffffffffff7fffffffffffffffffffffffff000000000000000000000000000000000000000083549260a01b169116179055565b6bffffffffffffffffffffffff6104ce8482845416610f37565b167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000825416179055610ed5565b6bffffffffffffffffffffffff6040519116918282527f5a68e174cfce23102347f2f67c35c1e1f92f58d68f6bd8290f0b387a95d5c7e7843393a3610581817f00000000000000000000000000000000000000000000000000000000000000007f00000000000000000000000000000000000000000000000000000000000000006110a6565b604051908152f35b7f4bc0cd76000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b34610338575f60031936011261033857602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346103385760206003193601126103385761061e610e9f565b6bffffffffffffffffffffffff8116801561081f5761063c33610f61565b805460a01c918281116107ef575064ffffffffff7f00000000000000000000000000000000000000000000000000000000000000001664ffffffffff42160164ffffffffff81116107c2576106b96107bd92610470867f6f0f97bd1cde84e3ebdb8a6c2f146e09bb1ed5b84eb223d321de40229122cebd96610f37565b335f5260036020526106dd846bffffffffffffffffffffffff60405f205416610ed5565b6bffffffffffffffffffffffff604051916106f783610eff565b1681526020810164ffffffffff83168152335f5260036020526bffffffffffffffffffffffff8060405f20935116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000835416178255517fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff70ffffffffff00000000000000000000000083549260601b16911617905560405191829133958390929164ffffffffff6020916bffffffffffffffffffffffff604085019616845216910152565b0390a2005b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b90507f4b7d3256000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7f43ad20fc000000000000000000000000000000000000000000000000000000005f5260045ffd5b34610338575f6003193601126103385760206040516bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610338575f6003193601126103385760206040516276a7008152f35b34610338576040600319360112610338576108c5610e7c565b6024359073ffffffffffffffffffffffffffffffffffffffff821682036103385773ffffffffffffffffffffffffffffffffffffffff165f52600460205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f52602052602060405f2054604051908152f35b346103385760206003193601126103385760043580600161095233610f61565b01556040519081527fa172a603f1e00fc11e079a399109803d498d6636ab006d7c6554385ef317e91460203392a2005b346103385760206003193601126103385773ffffffffffffffffffffffffffffffffffffffff6109b0610e7c565b5f604080516109be81610f1b565b8281528260208201520152165f526002602052606060405f206040516109e381610f1b565b6bffffffffffffffffffffffff82546040600173ffffffffffffffffffffffffffffffffffffffff831695868652602086019360a01c84520154930192835260405193845251166020830152516040820152f35b3461033857606060031936011261033857610a64610a53610e7c565b610a5b610eba565b60443591611125565b005b346103385760206003193601126103385773ffffffffffffffffffffffffffffffffffffffff610a94610e7c565b165f525f602052602060ff60405f2054166040519015158152f35b34610338575f60031936011261033857602060405164ffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610338575f60031936011261033857335f52600360205260405f2060405190610b1982610eff565b546bffffffffffffffffffffffff811680835264ffffffffff602084019260601c16825215610bf95764ffffffffff905116804210610bca57610a646bffffffffffffffffffffffff83335f5260036020525f6040812055818151166040519081527fe135895b0d256ca3823da91d581fd0828c4650bf6d82ab134dd2daa6d0fb6b9c60203392a25116337f00000000000000000000000000000000000000000000000000000000000000006110a6565b7ff48f66bb000000000000000000000000000000000000000000000000000000005f526004524260245260445ffd5b7ff6ae70e7000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b346103385760206003193601126103385773ffffffffffffffffffffffffffffffffffffffff610c53610e7c565b165f52600260205260405f20546bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168160a01c10155f14610cd35773ffffffffffffffffffffffffffffffffffffffff602091165b73ffffffffffffffffffffffffffffffffffffffff60405191168152f35b5060205f610cb5565b34610338575f60031936011261033857602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461033857602060031936011261033857610d45610e9f565b6bffffffffffffffffffffffff8116801561081f57610a6491610dbd610d78610d6d33610f61565b92835460a01c610ed5565b825473ffffffffffffffffffffffffffffffffffffffff1660a082901b7fffffffffffffffffffffffff00000000000000000000000000000000000000001617909255565b6bffffffffffffffffffffffff604051918383521660208201527fe603858195ccfe1806c99744036f8bb0f135c2b6fa458d0dc8c74d2a4dfd745960403392a230337f0000000000000000000000000000000000000000000000000000000000000000610fd0565b346103385760206003193601126103385760209073ffffffffffffffffffffffffffffffffffffffff610e56610e7c565b165f526001825273ffffffffffffffffffffffffffffffffffffffff60405f2054168152f35b6004359073ffffffffffffffffffffffffffffffffffffffff8216820361033857565b600435906bffffffffffffffffffffffff8216820361033857565b602435906bffffffffffffffffffffffff8216820361033857565b906bffffffffffffffffffffffff809116911601906bffffffffffffffffffffffff82116107c257565b6040810190811067ffffffffffffffff82111761030b57604052565b6060810190811067ffffffffffffffff82111761030b57604052565b906bffffffffffffffffffffffff809116911603906bffffffffffffffffffffffff82116107c257565b73ffffffffffffffffffffffffffffffffffffffff1690815f52600260205260405f209173ffffffffffffffffffffffffffffffffffffffff83541615610fa55750565b7fbfc6c337000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b92909173ffffffffffffffffffffffffffffffffffffffff9081604051947f23b872dd000000000000000000000000000000000000000000000000000000005f52166004521660245260445260205f60648180865af19060015f5114821615611085575b6040525f606052156110435750565b73ffffffffffffffffffffffffffffffffffffffff907f5274afe7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b90600181151661109d57823b15153d15161690611034565b503d5f823e3d90fd5b9173ffffffffffffffffffffffffffffffffffffffff604051927fa9059cbb000000000000000000000000000000000000000000000000000000005f521660045260245260205f60448180865af19060015f511482161561110d575b604052156110435750565b90600181151661109d57823b15153d15161690611102565b92919092335f52600260205273ffffffffffffffffffffffffffffffffffffffff60405f2054166112b6576bffffffffffffffffffffffff807f0000000000000000000000000000000000000000000000000000000000000000169416918483106112865761128493945061119982611311565b73ffffffffffffffffffffffffffffffffffffffff604051926111bb84610f1b565b1680835260208084018581526040808601858152335f908152600290945292209451905160a01b7fffffffffffffffffffffffff00000000000000000000000000000000000000001673ffffffffffffffffffffffffffffffffffffffff91909116178455909290600190519101556040519083825260208201527f78772338029835bf1fa001ebc84da4128003c8983f5089bc3775f5c2d7c370d560403392a330337f0000000000000000000000000000000000000000000000000000000000000000610fd0565b565b84837f9901e611000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7f45ed80e9000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b906bffffffffffffffffffffffff81166bffffffffffffffffffffffff8316105f1461130c575090565b905090565b73ffffffffffffffffffffffffffffffffffffffff1680156113dc57805f52600160205273ffffffffffffffffffffffffffffffffffffffff60405f2054161580156113d3575b156113a8575f52600160205260405f2073ffffffffffffffffffffffffffffffffffffffff33167fffffffffffffffffffffffff0000000000000000000000000000000000000000825416179055565b7f06c1b3f0000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50338114611358565b7f3a118f1d000000000000000000000000000000000000000000000000000000005f5260045260245ffd' as const;
