// Generated from contracts/src/Subnets.sol by contracts/script/generate-abi.ts. Do not edit.
export const subnetsAbi = [
  {
    "type": "constructor",
    "inputs": [
      {
        "name": "settings",
        "type": "tuple",
        "internalType": "struct ISubnets.Settings",
        "components": [
          {
            "name": "creationFloor",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "creationHalfBlocks",
            "type": "uint48",
            "internalType": "uint48"
          },
          {
            "name": "collateralDelay",
            "type": "uint40",
            "internalType": "uint40"
          }
        ]
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
        "name": "epochs_",
        "type": "address",
        "internalType": "address"
      }
    ],
    "stateMutability": "nonpayable"
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
    "name": "MAX_TEMPO",
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
    "name": "MAX_TEXT",
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
    "name": "MIN_TEMPO",
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
    "name": "collateralDelay",
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
    "name": "create",
    "inputs": [
      {
        "name": "tempo",
        "type": "uint24",
        "internalType": "uint24"
      },
      {
        "name": "maxPrice",
        "type": "uint96",
        "internalType": "uint96"
      },
      {
        "name": "identity",
        "type": "string",
        "internalType": "string"
      },
      {
        "name": "params",
        "type": "tuple[]",
        "internalType": "struct ISubnets.Param[]",
        "components": [
          {
            "name": "key",
            "type": "uint8",
            "internalType": "uint8"
          },
          {
            "name": "value",
            "type": "uint96",
            "internalType": "uint96"
          }
        ]
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "createWithPermit",
    "inputs": [
      {
        "name": "tempo",
        "type": "uint24",
        "internalType": "uint24"
      },
      {
        "name": "maxPrice",
        "type": "uint96",
        "internalType": "uint96"
      },
      {
        "name": "identity",
        "type": "string",
        "internalType": "string"
      },
      {
        "name": "params",
        "type": "tuple[]",
        "internalType": "struct ISubnets.Param[]",
        "components": [
          {
            "name": "key",
            "type": "uint8",
            "internalType": "uint8"
          },
          {
            "name": "value",
            "type": "uint96",
            "internalType": "uint96"
          }
        ]
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
    "outputs": [
      {
        "name": "",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "creationPrice",
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
    "name": "deregister",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "registration",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "dissolve",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "epochNow",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "outputs": [
      {
        "name": "epoch",
        "type": "uint64",
        "internalType": "uint64"
      },
      {
        "name": "startsAt",
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
    "name": "nextPruned",
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
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "paramAt",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "key",
        "type": "uint8",
        "internalType": "uint8"
      },
      {
        "name": "epoch",
        "type": "uint64",
        "internalType": "uint64"
      }
    ],
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
    "name": "paramTable",
    "inputs": [],
    "outputs": [
      {
        "name": "minimum",
        "type": "uint96[]",
        "internalType": "uint96[]"
      },
      {
        "name": "maximum",
        "type": "uint96[]",
        "internalType": "uint96[]"
      },
      {
        "name": "standard",
        "type": "uint96[]",
        "internalType": "uint96[]"
      }
    ],
    "stateMutability": "pure"
  },
  {
    "type": "function",
    "name": "paramsOf",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "outputs": [
      {
        "name": "values",
        "type": "uint96[]",
        "internalType": "uint96[]"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "register",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "maxPrice",
        "type": "uint96",
        "internalType": "uint96"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "registerWithPermit",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "maxPrice",
        "type": "uint96",
        "internalType": "uint96"
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
    "outputs": [
      {
        "name": "",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "registrationOf",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "registration",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "tuple",
        "internalType": "struct ISubnets.Registration",
        "components": [
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "registeredAt",
            "type": "uint48",
            "internalType": "uint48"
          },
          {
            "name": "servedAt",
            "type": "uint48",
            "internalType": "uint48"
          },
          {
            "name": "collateral",
            "type": "uint96",
            "internalType": "uint96"
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
    "name": "registrationOfOperator",
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
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "registrationPrice",
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
        "type": "uint96",
        "internalType": "uint96"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "serve",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "registration",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "endpoints",
        "type": "string",
        "internalType": "string"
      },
      {
        "name": "units",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "setIdentity",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "identity",
        "type": "string",
        "internalType": "string"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "setOwner",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "owner",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "setParam",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "key",
        "type": "uint8",
        "internalType": "uint8"
      },
      {
        "name": "value",
        "type": "uint96",
        "internalType": "uint96"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "subnetCount",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "subnetOf",
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
        "type": "tuple",
        "internalType": "struct ISubnets.Subnet",
        "components": [
          {
            "name": "owner",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "startBlock",
            "type": "uint48",
            "internalType": "uint48"
          },
          {
            "name": "tempo",
            "type": "uint24",
            "internalType": "uint24"
          },
          {
            "name": "miners",
            "type": "uint16",
            "internalType": "uint16"
          },
          {
            "name": "locked",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "dissolvedAt",
            "type": "uint48",
            "internalType": "uint48"
          }
        ]
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "withdrawCollateral",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "registration",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "event",
    "name": "CollateralWithdrawn",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "registration",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
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
    "name": "Deregistered",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "registration",
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
        "name": "why",
        "type": "uint8",
        "indexed": false,
        "internalType": "enum ISubnets.Ended"
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
    "name": "Dissolved",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "returned",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "IdentitySet",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "identity",
        "type": "string",
        "indexed": false,
        "internalType": "string"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "OwnerChanged",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "owner",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "ParamSet",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "key",
        "type": "uint8",
        "indexed": true,
        "internalType": "uint8"
      },
      {
        "name": "value",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
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
    "name": "Registered",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "registration",
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
        "name": "price",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      },
      {
        "name": "collateral",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "Served",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "registration",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "endpoints",
        "type": "string",
        "indexed": false,
        "internalType": "string"
      },
      {
        "name": "units",
        "type": "uint32",
        "indexed": false,
        "internalType": "uint32"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "SubnetCreated",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "owner",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "startBlock",
        "type": "uint48",
        "indexed": false,
        "internalType": "uint48"
      },
      {
        "name": "tempo",
        "type": "uint24",
        "indexed": false,
        "internalType": "uint24"
      },
      {
        "name": "price",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      }
    ],
    "anonymous": false
  },
  {
    "type": "error",
    "name": "CollateralLocked",
    "inputs": [
      {
        "name": "availableAt",
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
    "name": "NoSlotFree",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "miners",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "nextBlock",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "NoSuchParam",
    "inputs": [
      {
        "name": "key",
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
    "name": "NotHolder",
    "inputs": [
      {
        "name": "caller",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "NotOwner",
    "inputs": [
      {
        "name": "caller",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "owner",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "NotRegistration",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "registration",
        "type": "uint32",
        "internalType": "uint32"
      }
    ]
  },
  {
    "type": "error",
    "name": "NothingLocked",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "registration",
        "type": "uint32",
        "internalType": "uint32"
      }
    ]
  },
  {
    "type": "error",
    "name": "OperatorIsRegistered",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "registration",
        "type": "uint32",
        "internalType": "uint32"
      }
    ]
  },
  {
    "type": "error",
    "name": "OperatorNotActive",
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
    "name": "ParamChangedLately",
    "inputs": [
      {
        "name": "key",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "nextBlock",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "ParamOutOfRange",
    "inputs": [
      {
        "name": "key",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "value",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "minimum",
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
    "name": "ParamsContradict",
    "inputs": [
      {
        "name": "key",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "low",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "high",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "ParamsFrozen",
    "inputs": [
      {
        "name": "untilBlock",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "ParamsOutOfOrder",
    "inputs": [
      {
        "name": "key",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "before",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "PriceAboveLimit",
    "inputs": [
      {
        "name": "price",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "limit",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "RegistrationIsClosed",
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
    "name": "ServedLately",
    "inputs": [
      {
        "name": "nextBlock",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "StillRegistered",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "registration",
        "type": "uint32",
        "internalType": "uint32"
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
    "name": "TempoOutOfRange",
    "inputs": [
      {
        "name": "tempo",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "minimum",
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
    "name": "TextTooLong",
    "inputs": [
      {
        "name": "length",
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
    "name": "ZeroAddress",
    "inputs": []
  }
] as const;

export const subnetsBytecode = '0x61016080604052346102885780614783803803809161001e82856102b3565b833981010360c08112610288576060136102885760405190606082016001600160401b0381118382101761029f5760405280516001600160601b0381168103610288578252602081015165ffffffffffff81168103610288576020830190815260408201519164ffffffffff83168303610288576040840192835260608101516001600160a01b0381169190828103610288576080820151916001600160a01b03831683036102885760a001516001600160a01b038116939084900361028857602060049160405192838092637e062a3560e11b82525afa908115610294575f9161024e575b5060805265ffffffffffff845116151580610245575b156102365764ffffffffff8551166276a700811161021d575060a05260c05260e05282516001600160601b0316610100525165ffffffffffff16610120525164ffffffffff1661014052515f8054600160201b600160801b03191660209290921b600160201b600160801b03169190911790556040516144ac90816102d7823960805181818161026e0152818161162b01528181613b9201528181613d340152614140015260a05181610f55015260c05181818161139e0152613648015260e0518181816112af015281816129f2015261441301526101005181611e4701526101205181611def0152610140518181816109ee01528181610c8e015261421c0152f35b630e62012f60e31b5f526004526276a70060245260445ffd5b63d92e233d60e01b5f5260045ffd5b5082151561011a565b90506020813d60201161028c575b81610269602093836102b3565b8101031261028857516001600160a01b0381168103610288575f610104565b5f80fd5b3d915061025c565b6040513d5f823e3d90fd5b634e487b7160e01b5f52604160045260245ffd5b601f909101601f19168101906001600160401b0382119082101761029f5760405256fe60806040526004361015610011575f80fd5b5f5f3560e01c806301de1659146118c2578063131c035f1461189f5780631346faf6146118645780631a929502146117fe57806320488262146117e45780632fcd90d21461175f578063408df2a71461170e5780634125ff90146116f1578063485d30b9146115c957806356f39da1146112d357806358152d07146112825780636c3caa24146111795780636e9e98921461113f57806375c853fd146111125780638a97766714611012578063916a5c5b14610fef5780639862b53014610e715780639a5d9a1814610e545780639bbfe0ca14610c13578063a0813afd14610a2f578063a401983514610a12578063a600e0b3146109d0578063a7ec57d014610904578063b667af9e146108e8578063d04b3cc21461041e578063ddc359501461034f578063e2fa808e146101c55763f6f6025a1461014e575f80fd5b346101c25760606003193601126101c2576101676119c1565b61016f611a68565b906044359267ffffffffffffffff841684036101c25760206101ac85858561019681612902565b506101a782601d60ff821610612094565b61352c565b6bffffffffffffffffffffffff60405191168152f35b80fd5b50346101c2576101206003193601126101c2576101e0611935565b906101e9611947565b60443567ffffffffffffffff811161034757610209903690600401611962565b9160643567ffffffffffffffff811161034b5761022a903690600401611990565b95909460a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7c3601126101c25773ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001660c43560ff8116810361034757813b15610347576040517fd505accf00000000000000000000000000000000000000000000000000000000815233600482015230602482015260848035604483015260a48035606484015260ff939093169082015260e48035928201929092526101043560c48201529183918391829084905af1610332575b602061032489898989898961212b565b63ffffffff60405191168152f35b61033d828092611af9565b6101c25780610314565b8280fd5b8480fd5b50346101c25773ffffffffffffffffffffffffffffffffffffffff61037336611a28565b61038d83610382849594612bb6565b541633813314611d6a565b169081156103f65763ffffffff16808352600160205260408320827fffffffffffffffffffffffff00000000000000000000000000000000000000008254161790557f16d0f539d49c6cad822b767a9445bfb1cf7ea6f2a6c2b120a7ea4cc7660d8fda8380a380f35b6004837fd92e233d000000000000000000000000000000000000000000000000000000008152fd5b50346101c25760606003193601126101c2576104386119c1565b610440611a68565b90604435906bffffffffffffffffffffffff82169081830361034b5761047d73ffffffffffffffffffffffffffffffffffffffff61038283612bb6565b61048681611fe3565b63ffffffff8392931694858852600160205262ffffff604089205460d01c16906104c6600a8304806001118160011802186104c18486611fd6565b611b3a565b43106104d28385611fd6565b90156108bd57506104e39088614065565b85885260036020526040882060ff88165f5260205260405f20548060f81c8061089d575b6107ac5750505061051982868361352c565b66ffffffffffffff61052a84612074565b166bffffffffffffffffffffffff6040519261054584611add565b1682526020820185815260408301918252606083019060018252878a52600360205260408a2060ff8a165f526020526bffffffffffffffffffffffff8060405f20955116167fffffffffffffffffffffffffffffffffffffffff00000000000000000000000085541617845551916bffffffffffffffffffffffff77ffffffffffffffffffffffff0000000000000000000000007fff000000000000000000000000000000000000000000000000000000000000007effffffffffffff0000000000000000000000000000000000000000000000008754945160c01b169451151560f81b169460601b1691161717179055859460ff879116956003871480156107a2575b156106f55750506bffffffffffffffffffffffff6106718161066a84613420565b16926134a6565b16905b8181116106c25750507f118a38ca61be940bfe069af024fe13ad551617a939a027c4d3a71496e34b1bcd9167ffffffffffffffff6106b3604093612074565b8351928352166020820152a380f35b7f1c93a6b50000000000000000000000000000000000000000000000000000000087526004869052602452604452606485fd5b601087148015610798575b1561072f5750506bffffffffffffffffffffffff6107288161072184613314565b169261339a565b1690610674565b909160188710158061078d575b610747575b50610674565b905061078391506bffffffffffffffffffffffff61077661077d8261076b85613170565b168361077686613208565b1690611fd6565b9261328e565b61ffff905f610741565b50601a87111561073c565b5060118714610700565b5060048714610649565b889185600166ffffffffffffff8b9460c01c16019066ffffffffffffff82116108705767ffffffffffffffff66ffffffffffffff911691160367ffffffffffffffff81116108435760449461081060ff9367ffffffffffffffff6108169416611bab565b90611fd6565b917f324bd7e300000000000000000000000000000000000000000000000000000000845216600452602452fd5b6024847f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b6024857f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b5066ffffffffffffff8160c01c1667ffffffffffffffff86161115610507565b7fbff27eb6000000000000000000000000000000000000000000000000000000008a52600452602489fd5b50346101c257806003193601126101c2576020604051600c8152f35b50346101c257806003193601126101c25761091d611e8b565b610925611e8b565b9061092e611e8b565b925b60ff8116601d8110156109905781816bffffffffffffffffffffffff6109856001948961096c8461096260ff9a613e07565b9391989094611ecc565b911690528361097b838c611ecc565b9116905287611ecc565b911690520116610930565b6109b0836109cc876109be886040519586956060875260608701906119e7565b9085820360208701526119e7565b9083820360408501526119e7565b0390f35b50346101c257806003193601126101c257602060405164ffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101c257806003193601126101c25760206040516102008152f35b50346101c25760406003193601126101c257610a496119c1565b90610a526119d4565b63ffffffff83169081835260046020526040832063ffffffff82165f52602052610a9a8160405f209573ffffffffffffffffffffffffffffffffffffffff8754161515612033565b818352600160205265ffffffffffff600160408520015460601c1615610b8c575b60018401916bffffffffffffffffffffffff835416928315610b565791610b53949591837fffffffffffffffffffffffffffffffffffffffff00000000000000000000000073ffffffffffffffffffffffffffffffffffffffff95541690557f994b81da64f9f912b56479d5e35bded674e975d5d4603b662add826a55812634602063ffffffff604051948886521693a35416613d1d565b80f35b60448563ffffffff85857f36cfba1200000000000000000000000000000000000000000000000000000000845260045216602452fd5b64ffffffffff600185015460601c168015610bdd57804210610bae5750610abb565b7f52ca0c9f00000000000000000000000000000000000000000000000000000000845260045242602452604483fd5b60448463ffffffff84867f258866dc00000000000000000000000000000000000000000000000000000000845260045216602452fd5b50346101c25760406003193601126101c257610c2d6119c1565b63ffffffff610c3a6119d4565b91610c6873ffffffffffffffffffffffffffffffffffffffff610c5d8584613cb5565b541633813314611f47565b1680835260046020526040832063ffffffff83165f5260205260405f209064ffffffffff7f00000000000000000000000000000000000000000000000000000000000000001664ffffffffff4216019164ffffffffff8311610870576001810180547fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff16606085901b70ffffffffff0000000000000000000000001617905581855260056020526040852073ffffffffffffffffffffffffffffffffffffffff80835416165f5260205260405f207fffffffffffffffffffffffffffffffffffffffffffffffffffffffff00000000815416905581855260016020526040852061ffff815460e81c168015610e275773ffffffffffffffffffffffffffffffffffffffff7fb2e130165dc2d3bbfa21ea3b272cce330729d07835d5d0156c338c54419e685993610e0c6040945f1963ffffffff95017fff0000ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7effff000000000000000000000000000000000000000000000000000000000083549260e81b169116179055565b54169564ffffffffff8351968988521660208701521693a480f35b6024877f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b50346101c257806003193601126101c257602060405161c4e08152f35b50346101c25760206003193601126101c25763ffffffff610e906119c1565b610eb173ffffffffffffffffffffffffffffffffffffffff61038283612bb6565b1680825260016020819052604083200180547fffffffffffffffffffffffffffff00000000000000000000000000000000000081164360601b71ffffffffffff00000000000000000000000016179091556bffffffffffffffffffffffff16908290807fdc4e879b5ca043bb2d8c8f96cce8a620d3c488fe65676e4a92cda324fafa92636020604051868152a273ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690813b156103475782916024839260405194859384927f789ae24f00000000000000000000000000000000000000000000000000000000845260048401525af18015610fe457610fcb575b50610b538233613d1d565b81610fd591611af9565b610fe057815f610fc0565b5080fd5b6040513d84823e3d90fd5b50346101c257806003193601126101c25763ffffffff6020915416604051908152f35b50346101c25760406003193601126101c25763ffffffff60406110336119c1565b928261103d6119d4565b94826080855161104c81611ac1565b8281528260208201528287820152826060820152015216815260046020522091165f5260205260a060405f2064ffffffffff6040519161108b83611ac1565b6bffffffffffffffffffffffff81549365ffffffffffff73ffffffffffffffffffffffffffffffffffffffff861695868352816001602085019682848c1c168852604086019360d01c84520154958760806060870196888a168852019760601c16875260405198895251166020880152511660408601525116606084015251166080820152f35b50346101c25760406003193601126101c25760206103246111316119c1565b611139611947565b906135cd565b50346101c25760206003193601126101c257604061116361115e6119c1565b611fe3565b67ffffffffffffffff8351921682526020820152f35b50346101c25760206003193601126101c257604060c09163ffffffff61119d6119c1565b8260a085516111ab81611a78565b8281528260208201528287820152826060820152826080820152015216815260016020522065ffffffffffff604051916111e483611a78565b6bffffffffffffffffffffffff81549361ffff73ffffffffffffffffffffffffffffffffffffffff86169586835262ffffff6020840195878360a01c1687528760016040870192848660d01c16845286606089019660e81c1686520154978160a060808901988a8c168a52019960601c1689526040519a8b52511660208a0152511660408801525116606086015251166080840152511660a0820152f35b50346101c257806003193601126101c257602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101c25760806003193601126101c2576112ed6119c1565b6112f56119d4565b60443567ffffffffffffffff81116115c557611315903690600401611962565b6064359263ffffffff84168094036115c15761133085612bb6565b5061133b8186613cb5565b805473ffffffffffffffffffffffffffffffffffffffff8116604051907f4c3135d800000000000000000000000000000000000000000000000000000000825280600483015260208260248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa80156115b6576113f1928b91611587575b50339073ffffffffffffffffffffffffffffffffffffffff168114611f47565b61020084116115555760d01c806114e057506bffffffffffffffffffffffff875b168043106114b55750805479ffffffffffffffffffffffffffffffffffffffffffffffffffff164360d01b7fffffffffffff0000000000000000000000000000000000000000000000000000161790557f06dcdee400c05bd740e8183745400c5d6cab2111266c2d33e2217697c27de13792919063ffffffff9081906114a5604051958695604087526040870191611f98565b966020850152169516930390a380f35b7f7d4ec7ad000000000000000000000000000000000000000000000000000000008852600452602487fd5b6bffffffffffffffffffffffff6115006114f989611fe3565b5089612c8c565b16016bffffffffffffffffffffffff8111611528576bffffffffffffffffffffffff90611412565b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b604488857ff4eb2b2d000000000000000000000000000000000000000000000000000000008252600452610200602452fd5b6115a9915060203d6020116115af575b6115a18183611af9565b810190611f1b565b5f6113d1565b503d611597565b6040513d8c823e3d90fd5b8580fd5b8380fd5b346116ed5760e06003193601126116ed576115e26119c1565b6115ea611947565b60a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffbc3601126116ed5773ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016906084359260ff841684036116ed57823b156116ed576040517fd505accf0000000000000000000000000000000000000000000000000000000081523360048201523060248201526044803590820152606480359082015260ff94909416608485015260a480359085015260c4803590850152602093610324935f90829060e490829084905af16116dd575b506135cd565b5f6116e791611af9565b5f6116d7565b5f80fd5b346116ed575f6003193601126116ed5760206040516276a7008152f35b346116ed5763ffffffff61172136611a28565b91165f52600560205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f52602052602063ffffffff60405f205416604051908152f35b346116ed5760206003193601126116ed576117786119c1565b61178181611fe3565b509061178b611e8b565b905f5b60ff8116601d8110156117ce57816001916bffffffffffffffffffffffff6117c36117bc8960ff978961352c565b9288611ecc565b91169052011661178e565b604051602080825281906109cc908201876119e7565b346116ed575f6003193601126116ed5760206101ac611dbb565b346116ed5760406003193601126116ed576118176119c1565b6024359067ffffffffffffffff82116116ed5761183b611862923690600401611962565b9161185d73ffffffffffffffffffffffffffffffffffffffff61038283612bb6565b612c0a565b005b346116ed5760206003193601126116ed5761187d6119c1565b61188681612961565b15611896576103246020916129a2565b5060205f610324565b346116ed5760206003193601126116ed5760206101ac6118bd6119c1565b611bbe565b346116ed5760806003193601126116ed576118db611935565b6118e3611947565b60443567ffffffffffffffff81116116ed57611903903690600401611962565b9190926064359267ffffffffffffffff84116116ed5760209461192d610324953690600401611990565b94909361212b565b6004359062ffffff821682036116ed57565b602435906bffffffffffffffffffffffff821682036116ed57565b9181601f840112156116ed5782359167ffffffffffffffff83116116ed57602083818601950101116116ed57565b9181601f840112156116ed5782359167ffffffffffffffff83116116ed576020808501948460061b0101116116ed57565b6004359063ffffffff821682036116ed57565b6024359063ffffffff821682036116ed57565b90602080835192838152019201905f5b818110611a045750505090565b82516bffffffffffffffffffffffff168452602093840193909201916001016119f7565b60031960409101126116ed5760043563ffffffff811681036116ed579060243573ffffffffffffffffffffffffffffffffffffffff811681036116ed5790565b6024359060ff821682036116ed57565b60c0810190811067ffffffffffffffff821117611a9457604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60a0810190811067ffffffffffffffff821117611a9457604052565b6080810190811067ffffffffffffffff821117611a9457604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117611a9457604052565b91908203918211611b4757565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b8115611b7e570490565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b81810292918115918404141715611b4757565b611bc781612902565b5063ffffffff81165f52600260205260405f2090604051916060830183811067ffffffffffffffff821117611a9457604052546bffffffffffffffffffffffff8116835263ffffffff602084019165ffffffffffff8160601c16835260901c166040840152611c3f611c3883611fe3565b5083612d32565b90611c6265ffffffffffff6bffffffffffffffffffffffff841692511643611b3a565b6bffffffffffffffffffffffff611c798383611b74565b955116906bffffffffffffffffffffffff7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff6c01fffffffffffffffffffffffe8660011b169516168303611b47578215611b7e57611ce292611cdc910684611b3a565b90611bab565b9260808082109118026080181b918215611d58576001611d126bffffffffffffffffffffffff945f198401611b74565b019015150282611d4181611d2f611d2886611fe3565b5086612dba565b1693611d3a81611fe3565b5090612e42565b169081808211911802189081808210911802181690565b634e487b715f5260126020526024601cfd5b15611d73575050565b9073ffffffffffffffffffffffffffffffffffffffff80927f23295f0e000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b5f54611ded611de765ffffffffffff6bffffffffffffffffffffffff8460201c169360801c1643611b3a565b82611bab565b7f000000000000000000000000000000000000000000000000000000000000000091611e36611e44926601fffffffffffe6bffffffffffffffffffffffff9560011b1690611b74565b808210818318021890611b3a565b817f00000000000000000000000000000000000000000000000000000000000000001681808211911802181690565b67ffffffffffffffff8111611a945760051b60200190565b6040516103c09190611e9d8382611af9565b601d8152917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe001366020840137565b8051821015611ee05760209160051b010190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b3560ff811681036116ed5790565b908160209103126116ed575173ffffffffffffffffffffffffffffffffffffffff811681036116ed5790565b15611f50575050565b9073ffffffffffffffffffffffffffffffffffffffff80927fbf5cd21d000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b91908201809211611b4757565b611fec90612902565b549067ffffffffffffffff61202d65ffffffffffff8460a01c1661081061202662ffffff61201a8443611b3a565b9760d01c168097611b74565b9586611bab565b92169190565b1561203c575050565b9063ffffffff80927f95502df8000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b67ffffffffffffffff60019116019067ffffffffffffffff8211611b4757565b1561209c5750565b60ff907fe28b9b6b000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b156120d4575050565b906bffffffffffffffffffffffff80927f6120c45f000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b63ffffffff1663ffffffff8114611b475760010190565b62ffffff16959492939092600c871015806128f6575b156128bf5761214e611dbb565b9161217a6bffffffffffffffffffffffff841695846bffffffffffffffffffffffff82168811156120cb565b600183901b6c01fffffffffffffffffffffffe16926bffffffffffffffffffffffff168503611b475761246a6fffffffffffffffffffffffff00000000965f549565ffffffffffff4316956121d65f63ffffffff8a1617612114565b977fffffffffffffffffffff0000000000000000000000000000000000000000000063ffffffff8a169b836bffffffffffffffffffffffff808f96109118026bffffffffffffffffffffffff1860201b1691161775ffffffffffff000000000000000000000000000000004360801b1617175f55869a61242b8965ffffffffffff8c6bffffffffffffffffffffffff8060018d6123bb61ffff6040519261227c84611a78565b33845260208401908152604084018c81526123418a60608701935f8552608088019d8e5260a088019b5f8d525f528860205273ffffffffffffffffffffffffffffffffffffffff8060405f20995116167fffffffffffffffffffffffff0000000000000000000000000000000000000000895416178855511686907fffffffffffff000000000000ffffffffffffffffffffffffffffffffffffffff79ffffffffffff000000000000000000000000000000000000000083549260a01b169116179055565b51845491517fff0000000000ffffffffffffffffffffffffffffffffffffffffffffffffffff90921660d09190911b7cffffff00000000000000000000000000000000000000000000000000001617911660e81b7effff000000000000000000000000000000000000000000000000000000000016178255565b01945116167fffffffffffffffffffffffffffffffffffffffff00000000000000000000000084541617835551167fffffffffffffffffffffffffffff000000000000ffffffffffffffffffffffff71ffffffffffff00000000000000000000000083549260601b169116179055565b604051908782526020820152886040820152897f7d6f107cacaa9436d18b2838cc69159d593c1e7debef35fd50138df2734f887b60603393a386612c0a565b5f5b8281106126c3575050506bffffffffffffffffffffffff61248c83613420565b166bffffffffffffffffffffffff6124a3846134a6565b16908181116126905750506bffffffffffffffffffffffff6124c483613314565b166bffffffffffffffffffffffff6124db8461339a565b169081811161265d57505061252f6125196bffffffffffffffffffffffff61250285613170565b166bffffffffffffffffffffffff61077686613208565b6bffffffffffffffffffffffff6107768561328e565b61ffff9081811161262a5750506bffffffffffffffffffffffff61255c61255584611fe3565b5084612e42565b169384606402946064860403611b4757612628946bffffffffffffffffffffffff80806125968761258f61262399611fe3565b5090612dba565b16845f52600260205260405f2093818082109118021816167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008254161790555f52600260205260405f20907fffffffffffffffffffffffffffff000000000000ffffffffffffffffffffffff71ffffffffffff00000000000000000000000083549260601b169116179055565b614121565b565b7f1c93a6b5000000000000000000000000000000000000000000000000000000005f52601860045260245260445260645ffd5b7f1c93a6b5000000000000000000000000000000000000000000000000000000005f52601060045260245260445260645ffd5b7f1c93a6b5000000000000000000000000000000000000000000000000000000005f52600360045260245260445260645ffd5b6126d66126d1828585614111565b611f0d565b9060206126e4828686614111565b0135916bffffffffffffffffffffffff8316908184036116ed57899083612844575b604060ff826127386001987f118a38ca61be940bfe069af024fe13ad551617a939a027c4d3a71496e34b1bcd95614065565b825161274381611add565b86815260208101878152848201905f825260608301908b8252885f526003602052865f208686165f526020526bffffffffffffffffffffffff80885f20955116167fffffffffffffffffffffffffffffffffffffffff00000000000000000000000085541617845551916bffffffffffffffffffffffff77ffffffffffffffffffffffff0000000000000000000000007fff000000000000000000000000000000000000000000000000000000000000007effffffffffffff0000000000000000000000000000000000000000000000008754945160c01b169451151560f81b169460601b169116171717905582519586525f60208701521693a30161246c565b91929390505f198401848111611b475760ff6128646126d1838a8a614111565b16906128786126d160ff8616928a8a614111565b9181111561288c5750509291908990612706565b60ff92507f1c6bff2b000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b867fd3858270000000000000000000000000000000000000000000000000000000005f52600452600c60245261c4e060445260645ffd5b5061c4e0871115612141565b63ffffffff1690815f52600160205260405f209173ffffffffffffffffffffffffffffffffffffffff835416156129365750565b7fc994003d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b63ffffffff81165f5260016020526bffffffffffffffffffffffff61299c61ffff60405f205460e81c169261299581611fe3565b5090612eca565b16111590565b6040517f518554f000000000000000000000000000000000000000000000000000000000815263ffffffff8216918260048301525f8260248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa918215612bab575f92612b05575b50612a4481612a3d6bffffffffffffffffffffffff93611fe3565b5090612f50565b165f5b8251811015612afd57835f52600460205260405f2063ffffffff80612a6c8487611ecc565b5116165f5260205260405f2082815473ffffffffffffffffffffffffffffffffffffffff811615159283612ae6575b5082612ac7575b5050612ab057600101612a47565b905063ffffffff9250612ac291611ecc565b511690565b612adc925060a01c65ffffffffffff16611fd6565b431015825f612aa2565b6001015460601c64ffffffffff161592505f612a9b565b505050505f90565b9091503d805f833e612b178183611af9565b8101906020818303126116ed5780519067ffffffffffffffff82116116ed57019080601f830112156116ed57815190612b4f82611e73565b92612b5d6040519485611af9565b82845260208085019360051b8201019182116116ed57602001915b818310612b8e575091929150612a449050612a22565b825163ffffffff811681036116ed57815260209283019201612b78565b6040513d5f823e3d90fd5b90612bc082612902565b9165ffffffffffff600184015460601c16612bd85750565b63ffffffff907f1866a30e000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b906102008311612c5a577fd64687cc43c0867d2c33b5a53dd730b88b87796c4bf3ae9db8cd26186b39c35c91612c5563ffffffff926040519384936020855216956020840191611f98565b0390a2565b827ff4eb2b2d000000000000000000000000000000000000000000000000000000005f5260045261020060245260445ffd5b63ffffffff165f52600360205260405f20601b5f5260205260405f209060405191612cb683611add565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d1a5750505050612d14601b613e07565b91505090565b67ffffffffffffffff1610612d2d575090565b905090565b63ffffffff165f52600360205260405f2060055f5260205260405f209060405191612d5c83611add565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d1a5750505050612d146005613e07565b63ffffffff165f52600360205260405f2060045f5260205260405f209060405191612de483611add565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d1a5750505050612d146004613e07565b63ffffffff165f52600360205260405f2060035f5260205260405f209060405191612e6c83611add565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d1a5750505050612d146003613e07565b63ffffffff165f52600360205260405f205f805260205260405f209060405191612ef383611add565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d1a5750505050612d145f613e07565b63ffffffff165f52600360205260405f2060015f5260205260405f209060405191612f7a83611add565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d1a5750505050612d146001613e07565b63ffffffff165f52600360205260405f2060075f5260205260405f20906040519161300283611add565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d1a5750505050612d146007613e07565b63ffffffff165f52600360205260405f2060065f5260205260405f20906040519161308a83611add565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d1a5750505050612d146006613e07565b63ffffffff165f52600360205260405f2060025f5260205260405f20906040519161311283611add565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d1a5750505050612d146002613e07565b63ffffffff165f52600360205260405f2060185f5260205260405f206040519061319982611add565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c151591829101526131f657505050612d146018613e07565b67ffffffffffffffff10612d2d575090565b63ffffffff165f52600360205260405f2060195f5260205260405f206040519061323182611add565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c151591829101526131f657505050612d146019613e07565b63ffffffff165f52600360205260405f20601a5f5260205260405f20604051906132b782611add565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c151591829101526131f657505050612d14601a613e07565b63ffffffff165f52600360205260405f2060105f5260205260405f206040519061333d82611add565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c151591829101526131f657505050612d146010613e07565b63ffffffff165f52600360205260405f2060115f5260205260405f20604051906133c382611add565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c151591829101526131f657505050612d146011613e07565b63ffffffff165f52600360205260405f2060035f5260205260405f206040519061344982611add565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c151591829101526131f657505050612d146003613e07565b63ffffffff165f52600360205260405f2060045f5260205260405f20604051906134cf82611add565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c151591829101526131f657505050612d146004613e07565b63ffffffff165f52600360205260405f2060ff82165f5260205260405f20916040519261355884611add565b546bffffffffffffffffffffffff81169182855260606bffffffffffffffffffffffff83821c169586602082015266ffffffffffffff8460c01c169384604083015260f81c151591829101526135b557505050612d149150613e07565b91925067ffffffffffffffff90911610612d2d575090565b91906135d883612bb6565b506bffffffffffffffffffffffff6135f96135f285611fe3565b5085612fd8565b1615613c83576040517f4c3135d800000000000000000000000000000000000000000000000000000000815233600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa8015612bab5773ffffffffffffffffffffffffffffffffffffffff915f91613c64575b501615613c385763ffffffff8316805f52600560205260405f2073ffffffffffffffffffffffffffffffffffffffff33165f5260205263ffffffff60405f20541680613c0957506136dd84611bbe565b6bffffffffffffffffffffffff8116926bffffffffffffffffffffffff811684111591613709926120cb565b613712846141d2565b805f52600260205260405f20908154918260901c63ffffffff1661373590612114565b63ffffffff8116938160901b75ffffffff00000000000000000000000000000000000016907fffffffffffffffffffff00000000ffffffffffffffffffffffffffffffffffff161782559561378981611fe3565b506137949082613060565b6bffffffffffffffffffffffff166137ac9086611bab565b5f1981016127109004600101901515026137c582611fe3565b506137d09083612dba565b6bffffffffffffffffffffffff169081808210911802186bffffffffffffffffffffffff166bffffffffffffffffffffffff1682547fffffffffffffffffffffffffffffffffffffffff000000000000000000000000161782554365ffffffffffff16918261387c91907fffffffffffffffffffffffffffff000000000000ffffffffffffffffffffffff71ffffffffffff00000000000000000000000083549260601b169116179055565b61388581611fe3565b5061388f916130e8565b6040519161389c83611ac1565b3383526020830190815260408301925f845260608101926bffffffffffffffffffffffff169384845260808201925f8452865f52600460205260405f20885f5260205260405f20925173ffffffffffffffffffffffffffffffffffffffff1673ffffffffffffffffffffffffffffffffffffffff1683547fffffffffffffffffffffffff0000000000000000000000000000000000000000161783555165ffffffffffff166139919083907fffffffffffff000000000000ffffffffffffffffffffffffffffffffffffffff79ffffffffffff000000000000000000000000000000000000000083549260a01b169116179055565b51815479ffffffffffffffffffffffffffffffffffffffffffffffffffff1660d09190911b7fffffffffffff00000000000000000000000000000000000000000000000000001617815560010191516bffffffffffffffffffffffff166bffffffffffffffffffffffff1682547fffffffffffffffffffffffffffffffffffffffff000000000000000000000000161782555164ffffffffff16613a7191907fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff70ffffffffff00000000000000000000000083549260601b169116179055565b815f52600560205260405f203373ffffffffffffffffffffffffffffffffffffffff165f5260205260405f208381547fffffffffffffffffffffffffffffffffffffffffffffffffffffffff0000000016179055815f52600160205260405f2091825460e81c61ffff169361ffff8514611b4757613b42612623946001613b7b97017fff0000ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7effff000000000000000000000000000000000000000000000000000000000083549260e81b169116179055565b604051918683528360208401527f7358d92a9679486baaa2144a2726ed2393fd776fa64788d5b43343e1ce7555f260403394a483611fd6565b73ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690813b156116ed575f916024839260405194859384927f42966c6800000000000000000000000000000000000000000000000000000000845260048401525af18015612bab57613bff5750565b5f61262891611af9565b907f130d174c000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7fe356d5aa000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b613c7d915060203d6020116115af576115a18183611af9565b5f61368d565b63ffffffff837fcb658d00000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b91906126289063ffffffff84165f52600460205260405f2063ffffffff82165f5260205260405f20938473ffffffffffffffffffffffffffffffffffffffff81541615159081613d06575b50612033565b64ffffffffff91506001015460601c16155f613d00565b73ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169173ffffffffffffffffffffffffffffffffffffffff604051927fa9059cbb000000000000000000000000000000000000000000000000000000005f521660045260245260205f60448180865af19060015f5114821615613de6575b60405215613dbb5750565b7f5274afe7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b906001811516613dfe57823b15153d15161690613db0565b503d5f823e3d90fd5b60ff1680156140575760018114614049576002811461402e57600381146140145760048114613fef5760058114613fe05760068114613fd15760078114613f605760088114613fc65760098114613fa957600a8114613f9c57600b8114613f8e57600c8114613f8357600d8114613f7457600e81148015613f6a575b613f605760108114613f515760118114613f425760128114613f345760138114613f285760148114613f1b5760158114613f105760168114613f035760178114613ef857601b8114613eeb57601c14613ee0575f9061ffff905f90565b600190604090600490565b505f90620186a090600590565b506001906004908290565b505f9061ffff90617fff90565b505f90612e14908190565b505f9063ffffffff905f90565b50600190601090600490565b50600190617fff906103e890565b506106669061ffff9061e66690565b506106669061ffff9061b33390565b505f906001908190565b50600f8114613e83565b505f90620ee09890620dbba090565b505f9061ffff905f90565b5060019061ffff90617fff90565b506001906103e890600390565b505f906b033b2e3c9fd0803ce800000090670de0b6b3a764000090565b506001906040908190565b50612710906175309061313890565b50600190629896809061016890565b5066038d7ea4c68000906b033b2e3c9fd0803ce800000090683635c9adc5dea0000090565b505f9069d3c21bcecceda100000090662386f26fc1000090565b505f9069d3c21bcecceda100000090678ac7230489e8000090565b505f90629896809061138890565b506001906110009061010090565b906bffffffffffffffffffffffff908161408f60ff85169461408a81601d8810612094565b613e07565b509316911681811015806140f9575b156140a95750505050565b6040517f9e06b1e40000000000000000000000000000000000000000000000000000000081526004810194909452602484015260448301526bffffffffffffffffffffffff166064820152608490fd5b506bffffffffffffffffffffffff831681111561409e565b9190811015611ee05760061b0190565b806141295750565b73ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690604051907f23b872dd000000000000000000000000000000000000000000000000000000005f52336004523060245260445260205f60648180865af19060015f51148216156141ba575b6040525f60605215613dbb5750565b906001811516613dfe57823b15153d151616906141ab565b6141db81612961565b156144a95763ffffffff6141ee826129a2565b169081156143af5763ffffffff1690815f52600460205260405f20815f5260205260405f209164ffffffffff7f00000000000000000000000000000000000000000000000000000000000000001664ffffffffff4216019264ffffffffff8411611b47576001810180547fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff16606086901b70ffffffffff00000000000000000000000016179055815f52600560205260405f2073ffffffffffffffffffffffffffffffffffffffff80835416165f5260205260405f207fffffffffffffffffffffffffffffffffffffffffffffffffffffffff000000008154169055815f52600160205260405f2061ffff815460e81c16908115611b47577fb2e130165dc2d3bbfa21ea3b272cce330729d07835d5d0156c338c54419e68599261439673ffffffffffffffffffffffffffffffffffffffff925f19604095017fff0000ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7effff000000000000000000000000000000000000000000000000000000000083549260e81b169116179055565b54169464ffffffffff82519160018352166020820152a4565b63ffffffff16805f52600160205261ffff60405f205460e81c16604051917fb5accf8a00000000000000000000000000000000000000000000000000000000835280600484015260208360248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa928315612bab575f93614475575b507f89ef677b000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b9092506020813d6020116144a1575b8161449160209383611af9565b810103126116ed57519183614443565b3d9150614484565b5056' as const;
