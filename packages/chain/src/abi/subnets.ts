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

export const subnetsBytecode = '0x6101606040523461025a5760405161477b38819003601f8101601f191683016001600160401b0381118482101761025e5783928291604052833981010360e0811261025a5760601361025a5760405190606082016001600160401b0381118382101761025e5760405280516001600160601b038116810361025a578252602081015165ffffffffffff8116810361025a576020830190815260408201519164ffffffffff8316830361025a57604084019283526060810151906001600160a01b038216820361025a5760808101516001600160a01b038116810361025a5760a0820151916001600160a01b038316830361025a5760c001516001600160a01b038116939084900361025a5760805265ffffffffffff845116151580610251575b156102425764ffffffffff8551166276a7008111610229575060a05260c05260e05282516001600160601b0316610100525165ffffffffffff16610120525164ffffffffff1661014052515f8054600160201b600160801b03191660209290921b600160201b600160801b031691909117905560405161450890816102738239608051818181610185015281816102ca0152818161168701528181613bee01528181613d90015261419c015260a05181610fb1015260c0518181816113fa01526136a4015260e05181818161130b01528181612a4e015261446f01526101005181611ea301526101205181611e4b015261014051818181610a4a01528181610cea01526142780152f35b630e62012f60e31b5f526004526276a70060245260445ffd5b63d92e233d60e01b5f5260045ffd5b5082151561011f565b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f5f3560e01c806301de16591461191e578063131c035f146118fb5780631346faf6146118c05780631a9295021461185a57806320488262146118405780632fcd90d2146117bb578063408df2a71461176a5780634125ff901461174d578063485d30b91461162557806356f39da11461132f57806358152d07146112de5780636c3caa24146111d55780636e9e98921461119b57806375c853fd1461116e5780638a9776671461106e578063916a5c5b1461104b5780639862b53014610ecd5780639a5d9a1814610eb05780639bbfe0ca14610c6f578063a0813afd14610a8b578063a401983514610a6e578063a600e0b314610a2c578063a7ec57d014610960578063b667af9e14610944578063d04b3cc21461047a578063ddc35950146103ab578063e2fa808e14610221578063f6f6025a146101ac5763fc0c546a14610159575f80fd5b346101a957806003193601126101a957602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b80fd5b50346101a95760606003193601126101a9576101c6611a1d565b6101ce611ac4565b906044359267ffffffffffffffff841684036101a957602061020b8585856101f58161295e565b5061020682601d60ff8216106120f0565b613588565b6bffffffffffffffffffffffff60405191168152f35b50346101a9576101206003193601126101a95761023c611991565b906102456119a3565b60443567ffffffffffffffff81116103a3576102659036906004016119be565b9160643567ffffffffffffffff81116103a7576102869036906004016119ec565b95909460a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7c3601126101a95773ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001660c43560ff811681036103a357813b156103a3576040517fd505accf00000000000000000000000000000000000000000000000000000000815233600482015230602482015260848035604483015260a48035606484015260ff939093169082015260e48035928201929092526101043560c48201529183918391829084905af161038e575b6020610380898989898989612187565b63ffffffff60405191168152f35b610399828092611b55565b6101a95780610370565b8280fd5b8480fd5b50346101a95773ffffffffffffffffffffffffffffffffffffffff6103cf36611a84565b6103e9836103de849594612c12565b541633813314611dc6565b169081156104525763ffffffff16808352600160205260408320827fffffffffffffffffffffffff00000000000000000000000000000000000000008254161790557f16d0f539d49c6cad822b767a9445bfb1cf7ea6f2a6c2b120a7ea4cc7660d8fda8380a380f35b6004837fd92e233d000000000000000000000000000000000000000000000000000000008152fd5b50346101a95760606003193601126101a957610494611a1d565b61049c611ac4565b90604435906bffffffffffffffffffffffff8216908183036103a7576104d973ffffffffffffffffffffffffffffffffffffffff6103de83612c12565b6104e28161203f565b63ffffffff8392931694858852600160205262ffffff604089205460d01c1690610522600a83048060011181600118021861051d8486612032565b611b96565b431061052e8385612032565b9015610919575061053f90886140c1565b85885260036020526040882060ff88165f5260205260405f20548060f81c806108f9575b61080857505050610575828683613588565b66ffffffffffffff610586846120d0565b166bffffffffffffffffffffffff604051926105a184611b39565b1682526020820185815260408301918252606083019060018252878a52600360205260408a2060ff8a165f526020526bffffffffffffffffffffffff8060405f20955116167fffffffffffffffffffffffffffffffffffffffff00000000000000000000000085541617845551916bffffffffffffffffffffffff77ffffffffffffffffffffffff0000000000000000000000007fff000000000000000000000000000000000000000000000000000000000000007effffffffffffff0000000000000000000000000000000000000000000000008754945160c01b169451151560f81b169460601b1691161717179055859460ff879116956003871480156107fe575b156107515750506bffffffffffffffffffffffff6106cd816106c68461347c565b1692613502565b16905b81811161071e5750507f118a38ca61be940bfe069af024fe13ad551617a939a027c4d3a71496e34b1bcd9167ffffffffffffffff61070f6040936120d0565b8351928352166020820152a380f35b7f1c93a6b50000000000000000000000000000000000000000000000000000000087526004869052602452604452606485fd5b6010871480156107f4575b1561078b5750506bffffffffffffffffffffffff6107848161077d84613370565b16926133f6565b16906106d0565b90916018871015806107e9575b6107a3575b506106d0565b90506107df91506bffffffffffffffffffffffff6107d26107d9826107c7856131cc565b16836107d286613264565b1690612032565b926132ea565b61ffff905f61079d565b50601a871115610798565b506011871461075c565b50600487146106a5565b889185600166ffffffffffffff8b9460c01c16019066ffffffffffffff82116108cc5767ffffffffffffffff66ffffffffffffff911691160367ffffffffffffffff811161089f5760449461086c60ff9367ffffffffffffffff6108729416611c07565b90612032565b917f324bd7e300000000000000000000000000000000000000000000000000000000845216600452602452fd5b6024847f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b6024857f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b5066ffffffffffffff8160c01c1667ffffffffffffffff86161115610563565b7fbff27eb6000000000000000000000000000000000000000000000000000000008a52600452602489fd5b50346101a957806003193601126101a9576020604051600c8152f35b50346101a957806003193601126101a957610979611ee7565b610981611ee7565b9061098a611ee7565b925b60ff8116601d8110156109ec5781816bffffffffffffffffffffffff6109e1600194896109c8846109be60ff9a613e63565b9391989094611f28565b91169052836109d7838c611f28565b9116905287611f28565b91169052011661098c565b610a0c83610a2887610a1a88604051958695606087526060870190611a43565b908582036020870152611a43565b908382036040850152611a43565b0390f35b50346101a957806003193601126101a957602060405164ffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101a957806003193601126101a95760206040516102008152f35b50346101a95760406003193601126101a957610aa5611a1d565b90610aae611a30565b63ffffffff83169081835260046020526040832063ffffffff82165f52602052610af68160405f209573ffffffffffffffffffffffffffffffffffffffff875416151561208f565b818352600160205265ffffffffffff600160408520015460601c1615610be8575b60018401916bffffffffffffffffffffffff835416928315610bb25791610baf949591837fffffffffffffffffffffffffffffffffffffffff00000000000000000000000073ffffffffffffffffffffffffffffffffffffffff95541690557f994b81da64f9f912b56479d5e35bded674e975d5d4603b662add826a55812634602063ffffffff604051948886521693a35416613d79565b80f35b60448563ffffffff85857f36cfba1200000000000000000000000000000000000000000000000000000000845260045216602452fd5b64ffffffffff600185015460601c168015610c3957804210610c0a5750610b17565b7f52ca0c9f00000000000000000000000000000000000000000000000000000000845260045242602452604483fd5b60448463ffffffff84867f258866dc00000000000000000000000000000000000000000000000000000000845260045216602452fd5b50346101a95760406003193601126101a957610c89611a1d565b63ffffffff610c96611a30565b91610cc473ffffffffffffffffffffffffffffffffffffffff610cb98584613d11565b541633813314611fa3565b1680835260046020526040832063ffffffff83165f5260205260405f209064ffffffffff7f00000000000000000000000000000000000000000000000000000000000000001664ffffffffff4216019164ffffffffff83116108cc576001810180547fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff16606085901b70ffffffffff0000000000000000000000001617905581855260056020526040852073ffffffffffffffffffffffffffffffffffffffff80835416165f5260205260405f207fffffffffffffffffffffffffffffffffffffffffffffffffffffffff00000000815416905581855260016020526040852061ffff815460e81c168015610e835773ffffffffffffffffffffffffffffffffffffffff7fb2e130165dc2d3bbfa21ea3b272cce330729d07835d5d0156c338c54419e685993610e686040945f1963ffffffff95017fff0000ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7effff000000000000000000000000000000000000000000000000000000000083549260e81b169116179055565b54169564ffffffffff8351968988521660208701521693a480f35b6024877f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b50346101a957806003193601126101a957602060405161c4e08152f35b50346101a95760206003193601126101a95763ffffffff610eec611a1d565b610f0d73ffffffffffffffffffffffffffffffffffffffff6103de83612c12565b1680825260016020819052604083200180547fffffffffffffffffffffffffffff00000000000000000000000000000000000081164360601b71ffffffffffff00000000000000000000000016179091556bffffffffffffffffffffffff16908290807fdc4e879b5ca043bb2d8c8f96cce8a620d3c488fe65676e4a92cda324fafa92636020604051868152a273ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690813b156103a35782916024839260405194859384927f789ae24f00000000000000000000000000000000000000000000000000000000845260048401525af1801561104057611027575b50610baf8233613d79565b8161103191611b55565b61103c57815f61101c565b5080fd5b6040513d84823e3d90fd5b50346101a957806003193601126101a95763ffffffff6020915416604051908152f35b50346101a95760406003193601126101a95763ffffffff604061108f611a1d565b9282611099611a30565b9482608085516110a881611b1d565b8281528260208201528287820152826060820152015216815260046020522091165f5260205260a060405f2064ffffffffff604051916110e783611b1d565b6bffffffffffffffffffffffff81549365ffffffffffff73ffffffffffffffffffffffffffffffffffffffff861695868352816001602085019682848c1c168852604086019360d01c84520154958760806060870196888a168852019760601c16875260405198895251166020880152511660408601525116606084015251166080820152f35b50346101a95760406003193601126101a957602061038061118d611a1d565b6111956119a3565b90613629565b50346101a95760206003193601126101a95760406111bf6111ba611a1d565b61203f565b67ffffffffffffffff8351921682526020820152f35b50346101a95760206003193601126101a957604060c09163ffffffff6111f9611a1d565b8260a0855161120781611ad4565b8281528260208201528287820152826060820152826080820152015216815260016020522065ffffffffffff6040519161124083611ad4565b6bffffffffffffffffffffffff81549361ffff73ffffffffffffffffffffffffffffffffffffffff86169586835262ffffff6020840195878360a01c1687528760016040870192848660d01c16845286606089019660e81c1686520154978160a060808901988a8c168a52019960601c1689526040519a8b52511660208a0152511660408801525116606086015251166080840152511660a0820152f35b50346101a957806003193601126101a957602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101a95760806003193601126101a957611349611a1d565b611351611a30565b60443567ffffffffffffffff8111611621576113719036906004016119be565b6064359263ffffffff841680940361161d5761138c85612c12565b506113978186613d11565b805473ffffffffffffffffffffffffffffffffffffffff8116604051907f4c3135d800000000000000000000000000000000000000000000000000000000825280600483015260208260248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa80156116125761144d928b916115e3575b50339073ffffffffffffffffffffffffffffffffffffffff168114611fa3565b61020084116115b15760d01c8061153c57506bffffffffffffffffffffffff875b168043106115115750805479ffffffffffffffffffffffffffffffffffffffffffffffffffff164360d01b7fffffffffffff0000000000000000000000000000000000000000000000000000161790557f06dcdee400c05bd740e8183745400c5d6cab2111266c2d33e2217697c27de13792919063ffffffff908190611501604051958695604087526040870191611ff4565b966020850152169516930390a380f35b7f7d4ec7ad000000000000000000000000000000000000000000000000000000008852600452602487fd5b6bffffffffffffffffffffffff61155c6115558961203f565b5089612ce8565b16016bffffffffffffffffffffffff8111611584576bffffffffffffffffffffffff9061146e565b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b604488857ff4eb2b2d000000000000000000000000000000000000000000000000000000008252600452610200602452fd5b611605915060203d60201161160b575b6115fd8183611b55565b810190611f77565b5f61142d565b503d6115f3565b6040513d8c823e3d90fd5b8580fd5b8380fd5b346117495760e06003193601126117495761163e611a1d565b6116466119a3565b60a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffbc3601126117495773ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016906084359260ff8416840361174957823b15611749576040517fd505accf0000000000000000000000000000000000000000000000000000000081523360048201523060248201526044803590820152606480359082015260ff94909416608485015260a480359085015260c4803590850152602093610380935f90829060e490829084905af1611739575b50613629565b5f61174391611b55565b5f611733565b5f80fd5b34611749575f6003193601126117495760206040516276a7008152f35b346117495763ffffffff61177d36611a84565b91165f52600560205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f52602052602063ffffffff60405f205416604051908152f35b34611749576020600319360112611749576117d4611a1d565b6117dd8161203f565b50906117e7611ee7565b905f5b60ff8116601d81101561182a57816001916bffffffffffffffffffffffff61181f6118188960ff9789613588565b9288611f28565b9116905201166117ea565b60405160208082528190610a2890820187611a43565b34611749575f60031936011261174957602061020b611e17565b3461174957604060031936011261174957611873611a1d565b6024359067ffffffffffffffff8211611749576118976118be9236906004016119be565b916118b973ffffffffffffffffffffffffffffffffffffffff6103de83612c12565b612c66565b005b34611749576020600319360112611749576118d9611a1d565b6118e2816129bd565b156118f2576103806020916129fe565b5060205f610380565b3461174957602060031936011261174957602061020b611919611a1d565b611c1a565b3461174957608060031936011261174957611937611991565b61193f6119a3565b60443567ffffffffffffffff81116117495761195f9036906004016119be565b9190926064359267ffffffffffffffff8411611749576020946119896103809536906004016119ec565b949093612187565b6004359062ffffff8216820361174957565b602435906bffffffffffffffffffffffff8216820361174957565b9181601f840112156117495782359167ffffffffffffffff8311611749576020838186019501011161174957565b9181601f840112156117495782359167ffffffffffffffff8311611749576020808501948460061b01011161174957565b6004359063ffffffff8216820361174957565b6024359063ffffffff8216820361174957565b90602080835192838152019201905f5b818110611a605750505090565b82516bffffffffffffffffffffffff16845260209384019390920191600101611a53565b60031960409101126117495760043563ffffffff81168103611749579060243573ffffffffffffffffffffffffffffffffffffffff811681036117495790565b6024359060ff8216820361174957565b60c0810190811067ffffffffffffffff821117611af057604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60a0810190811067ffffffffffffffff821117611af057604052565b6080810190811067ffffffffffffffff821117611af057604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117611af057604052565b91908203918211611ba357565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b8115611bda570490565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b81810292918115918404141715611ba357565b611c238161295e565b5063ffffffff81165f52600260205260405f2090604051916060830183811067ffffffffffffffff821117611af057604052546bffffffffffffffffffffffff8116835263ffffffff602084019165ffffffffffff8160601c16835260901c166040840152611c9b611c948361203f565b5083612d8e565b90611cbe65ffffffffffff6bffffffffffffffffffffffff841692511643611b96565b6bffffffffffffffffffffffff611cd58383611bd0565b955116906bffffffffffffffffffffffff7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff6c01fffffffffffffffffffffffe8660011b169516168303611ba3578215611bda57611d3e92611d38910684611b96565b90611c07565b9260808082109118026080181b918215611db4576001611d6e6bffffffffffffffffffffffff945f198401611bd0565b019015150282611d9d81611d8b611d848661203f565b5086612e16565b1693611d968161203f565b5090612e9e565b169081808211911802189081808210911802181690565b634e487b715f5260126020526024601cfd5b15611dcf575050565b9073ffffffffffffffffffffffffffffffffffffffff80927f23295f0e000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b5f54611e49611e4365ffffffffffff6bffffffffffffffffffffffff8460201c169360801c1643611b96565b82611c07565b7f000000000000000000000000000000000000000000000000000000000000000091611e92611ea0926601fffffffffffe6bffffffffffffffffffffffff9560011b1690611bd0565b808210818318021890611b96565b817f00000000000000000000000000000000000000000000000000000000000000001681808211911802181690565b67ffffffffffffffff8111611af05760051b60200190565b6040516103c09190611ef98382611b55565b601d8152917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe001366020840137565b8051821015611f3c5760209160051b010190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b3560ff811681036117495790565b90816020910312611749575173ffffffffffffffffffffffffffffffffffffffff811681036117495790565b15611fac575050565b9073ffffffffffffffffffffffffffffffffffffffff80927fbf5cd21d000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b91908201809211611ba357565b6120489061295e565b549067ffffffffffffffff61208965ffffffffffff8460a01c1661086c61208262ffffff6120768443611b96565b9760d01c168097611bd0565b9586611c07565b92169190565b15612098575050565b9063ffffffff80927f95502df8000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b67ffffffffffffffff60019116019067ffffffffffffffff8211611ba357565b156120f85750565b60ff907fe28b9b6b000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b15612130575050565b906bffffffffffffffffffffffff80927f6120c45f000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b63ffffffff1663ffffffff8114611ba35760010190565b62ffffff16959492939092600c87101580612952575b1561291b576121aa611e17565b916121d66bffffffffffffffffffffffff841695846bffffffffffffffffffffffff8216881115612127565b600183901b6c01fffffffffffffffffffffffe16926bffffffffffffffffffffffff168503611ba3576124c66fffffffffffffffffffffffff00000000965f549565ffffffffffff4316956122325f63ffffffff8a1617612170565b977fffffffffffffffffffff0000000000000000000000000000000000000000000063ffffffff8a169b836bffffffffffffffffffffffff808f96109118026bffffffffffffffffffffffff1860201b1691161775ffffffffffff000000000000000000000000000000004360801b1617175f55869a6124878965ffffffffffff8c6bffffffffffffffffffffffff8060018d61241761ffff604051926122d884611ad4565b33845260208401908152604084018c815261239d8a60608701935f8552608088019d8e5260a088019b5f8d525f528860205273ffffffffffffffffffffffffffffffffffffffff8060405f20995116167fffffffffffffffffffffffff0000000000000000000000000000000000000000895416178855511686907fffffffffffff000000000000ffffffffffffffffffffffffffffffffffffffff79ffffffffffff000000000000000000000000000000000000000083549260a01b169116179055565b51845491517fff0000000000ffffffffffffffffffffffffffffffffffffffffffffffffffff90921660d09190911b7cffffff00000000000000000000000000000000000000000000000000001617911660e81b7effff000000000000000000000000000000000000000000000000000000000016178255565b01945116167fffffffffffffffffffffffffffffffffffffffff00000000000000000000000084541617835551167fffffffffffffffffffffffffffff000000000000ffffffffffffffffffffffff71ffffffffffff00000000000000000000000083549260601b169116179055565b604051908782526020820152886040820152897f7d6f107cacaa9436d18b2838cc69159d593c1e7debef35fd50138df2734f887b60603393a386612c66565b5f5b82811061271f575050506bffffffffffffffffffffffff6124e88361347c565b166bffffffffffffffffffffffff6124ff84613502565b16908181116126ec5750506bffffffffffffffffffffffff61252083613370565b166bffffffffffffffffffffffff612537846133f6565b16908181116126b957505061258b6125756bffffffffffffffffffffffff61255e856131cc565b166bffffffffffffffffffffffff6107d286613264565b6bffffffffffffffffffffffff6107d2856132ea565b61ffff908181116126865750506bffffffffffffffffffffffff6125b86125b18461203f565b5084612e9e565b169384606402946064860403611ba357612684946bffffffffffffffffffffffff80806125f2876125eb61267f9961203f565b5090612e16565b16845f52600260205260405f2093818082109118021816167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008254161790555f52600260205260405f20907fffffffffffffffffffffffffffff000000000000ffffffffffffffffffffffff71ffffffffffff00000000000000000000000083549260601b169116179055565b61417d565b565b7f1c93a6b5000000000000000000000000000000000000000000000000000000005f52601860045260245260445260645ffd5b7f1c93a6b5000000000000000000000000000000000000000000000000000000005f52601060045260245260445260645ffd5b7f1c93a6b5000000000000000000000000000000000000000000000000000000005f52600360045260245260445260645ffd5b61273261272d82858561416d565b611f69565b90602061274082868661416d565b0135916bffffffffffffffffffffffff831690818403611749578990836128a0575b604060ff826127946001987f118a38ca61be940bfe069af024fe13ad551617a939a027c4d3a71496e34b1bcd956140c1565b825161279f81611b39565b86815260208101878152848201905f825260608301908b8252885f526003602052865f208686165f526020526bffffffffffffffffffffffff80885f20955116167fffffffffffffffffffffffffffffffffffffffff00000000000000000000000085541617845551916bffffffffffffffffffffffff77ffffffffffffffffffffffff0000000000000000000000007fff000000000000000000000000000000000000000000000000000000000000007effffffffffffff0000000000000000000000000000000000000000000000008754945160c01b169451151560f81b169460601b169116171717905582519586525f60208701521693a3016124c8565b91929390505f198401848111611ba35760ff6128c061272d838a8a61416d565b16906128d461272d60ff8616928a8a61416d565b918111156128e85750509291908990612762565b60ff92507f1c6bff2b000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b867fd3858270000000000000000000000000000000000000000000000000000000005f52600452600c60245261c4e060445260645ffd5b5061c4e087111561219d565b63ffffffff1690815f52600160205260405f209173ffffffffffffffffffffffffffffffffffffffff835416156129925750565b7fc994003d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b63ffffffff81165f5260016020526bffffffffffffffffffffffff6129f861ffff60405f205460e81c16926129f18161203f565b5090612f26565b16111590565b6040517f518554f000000000000000000000000000000000000000000000000000000000815263ffffffff8216918260048301525f8260248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa918215612c07575f92612b61575b50612aa081612a996bffffffffffffffffffffffff9361203f565b5090612fac565b165f5b8251811015612b5957835f52600460205260405f2063ffffffff80612ac88487611f28565b5116165f5260205260405f2082815473ffffffffffffffffffffffffffffffffffffffff811615159283612b42575b5082612b23575b5050612b0c57600101612aa3565b905063ffffffff9250612b1e91611f28565b511690565b612b38925060a01c65ffffffffffff16612032565b431015825f612afe565b6001015460601c64ffffffffff161592505f612af7565b505050505f90565b9091503d805f833e612b738183611b55565b8101906020818303126117495780519067ffffffffffffffff821161174957019080601f8301121561174957815190612bab82611ecf565b92612bb96040519485611b55565b82845260208085019360051b82010191821161174957602001915b818310612bea575091929150612aa09050612a7e565b825163ffffffff8116810361174957815260209283019201612bd4565b6040513d5f823e3d90fd5b90612c1c8261295e565b9165ffffffffffff600184015460601c16612c345750565b63ffffffff907f1866a30e000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b906102008311612cb6577fd64687cc43c0867d2c33b5a53dd730b88b87796c4bf3ae9db8cd26186b39c35c91612cb163ffffffff926040519384936020855216956020840191611ff4565b0390a2565b827ff4eb2b2d000000000000000000000000000000000000000000000000000000005f5260045261020060245260445ffd5b63ffffffff165f52600360205260405f20601b5f5260205260405f209060405191612d1283611b39565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d765750505050612d70601b613e63565b91505090565b67ffffffffffffffff1610612d89575090565b905090565b63ffffffff165f52600360205260405f2060055f5260205260405f209060405191612db883611b39565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d765750505050612d706005613e63565b63ffffffff165f52600360205260405f2060045f5260205260405f209060405191612e4083611b39565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d765750505050612d706004613e63565b63ffffffff165f52600360205260405f2060035f5260205260405f209060405191612ec883611b39565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d765750505050612d706003613e63565b63ffffffff165f52600360205260405f205f805260205260405f209060405191612f4f83611b39565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d765750505050612d705f613e63565b63ffffffff165f52600360205260405f2060015f5260205260405f209060405191612fd683611b39565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d765750505050612d706001613e63565b63ffffffff165f52600360205260405f2060075f5260205260405f20906040519161305e83611b39565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d765750505050612d706007613e63565b63ffffffff165f52600360205260405f2060065f5260205260405f2090604051916130e683611b39565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d765750505050612d706006613e63565b63ffffffff165f52600360205260405f2060025f5260205260405f20906040519161316e83611b39565b546bffffffffffffffffffffffff81169182845260606bffffffffffffffffffffffff83821c169485602082015266ffffffffffffff8460c01c169384604083015260f81c15159182910152612d765750505050612d706002613e63565b63ffffffff165f52600360205260405f2060185f5260205260405f20604051906131f582611b39565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c1515918291015261325257505050612d706018613e63565b67ffffffffffffffff10612d89575090565b63ffffffff165f52600360205260405f2060195f5260205260405f206040519061328d82611b39565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c1515918291015261325257505050612d706019613e63565b63ffffffff165f52600360205260405f20601a5f5260205260405f206040519061331382611b39565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c1515918291015261325257505050612d70601a613e63565b63ffffffff165f52600360205260405f2060105f5260205260405f206040519061339982611b39565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c1515918291015261325257505050612d706010613e63565b63ffffffff165f52600360205260405f2060115f5260205260405f206040519061341f82611b39565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c1515918291015261325257505050612d706011613e63565b63ffffffff165f52600360205260405f2060035f5260205260405f20604051906134a582611b39565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c1515918291015261325257505050612d706003613e63565b63ffffffff165f52600360205260405f2060045f5260205260405f206040519061352b82611b39565b546bffffffffffffffffffffffff81169081835260606bffffffffffffffffffffffff82821c169384602082015266ffffffffffffff8360c01c169283604083015260f81c1515918291015261325257505050612d706004613e63565b63ffffffff165f52600360205260405f2060ff82165f5260205260405f2091604051926135b484611b39565b546bffffffffffffffffffffffff81169182855260606bffffffffffffffffffffffff83821c169586602082015266ffffffffffffff8460c01c169384604083015260f81c1515918291015261361157505050612d709150613e63565b91925067ffffffffffffffff90911610612d89575090565b919061363483612c12565b506bffffffffffffffffffffffff61365561364e8561203f565b5085613034565b1615613cdf576040517f4c3135d800000000000000000000000000000000000000000000000000000000815233600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa8015612c075773ffffffffffffffffffffffffffffffffffffffff915f91613cc0575b501615613c945763ffffffff8316805f52600560205260405f2073ffffffffffffffffffffffffffffffffffffffff33165f5260205263ffffffff60405f20541680613c65575061373984611c1a565b6bffffffffffffffffffffffff8116926bffffffffffffffffffffffff81168411159161376592612127565b61376e8461422e565b805f52600260205260405f20908154918260901c63ffffffff1661379190612170565b63ffffffff8116938160901b75ffffffff00000000000000000000000000000000000016907fffffffffffffffffffff00000000ffffffffffffffffffffffffffffffffffff16178255956137e58161203f565b506137f090826130bc565b6bffffffffffffffffffffffff166138089086611c07565b5f1981016127109004600101901515026138218261203f565b5061382c9083612e16565b6bffffffffffffffffffffffff169081808210911802186bffffffffffffffffffffffff166bffffffffffffffffffffffff1682547fffffffffffffffffffffffffffffffffffffffff000000000000000000000000161782554365ffffffffffff1691826138d891907fffffffffffffffffffffffffffff000000000000ffffffffffffffffffffffff71ffffffffffff00000000000000000000000083549260601b169116179055565b6138e18161203f565b506138eb91613144565b604051916138f883611b1d565b3383526020830190815260408301925f845260608101926bffffffffffffffffffffffff169384845260808201925f8452865f52600460205260405f20885f5260205260405f20925173ffffffffffffffffffffffffffffffffffffffff1673ffffffffffffffffffffffffffffffffffffffff1683547fffffffffffffffffffffffff0000000000000000000000000000000000000000161783555165ffffffffffff166139ed9083907fffffffffffff000000000000ffffffffffffffffffffffffffffffffffffffff79ffffffffffff000000000000000000000000000000000000000083549260a01b169116179055565b51815479ffffffffffffffffffffffffffffffffffffffffffffffffffff1660d09190911b7fffffffffffff00000000000000000000000000000000000000000000000000001617815560010191516bffffffffffffffffffffffff166bffffffffffffffffffffffff1682547fffffffffffffffffffffffffffffffffffffffff000000000000000000000000161782555164ffffffffff16613acd91907fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff70ffffffffff00000000000000000000000083549260601b169116179055565b815f52600560205260405f203373ffffffffffffffffffffffffffffffffffffffff165f5260205260405f208381547fffffffffffffffffffffffffffffffffffffffffffffffffffffffff0000000016179055815f52600160205260405f2091825460e81c61ffff169361ffff8514611ba357613b9e61267f946001613bd797017fff0000ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7effff000000000000000000000000000000000000000000000000000000000083549260e81b169116179055565b604051918683528360208401527f7358d92a9679486baaa2144a2726ed2393fd776fa64788d5b43343e1ce7555f260403394a483612032565b73ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690813b15611749575f916024839260405194859384927f42966c6800000000000000000000000000000000000000000000000000000000845260048401525af18015612c0757613c5b5750565b5f61268491611b55565b907f130d174c000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7fe356d5aa000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b613cd9915060203d60201161160b576115fd8183611b55565b5f6136e9565b63ffffffff837fcb658d00000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b91906126849063ffffffff84165f52600460205260405f2063ffffffff82165f5260205260405f20938473ffffffffffffffffffffffffffffffffffffffff81541615159081613d62575b5061208f565b64ffffffffff91506001015460601c16155f613d5c565b73ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169173ffffffffffffffffffffffffffffffffffffffff604051927fa9059cbb000000000000000000000000000000000000000000000000000000005f521660045260245260205f60448180865af19060015f5114821615613e42575b60405215613e175750565b7f5274afe7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b906001811516613e5a57823b15153d15161690613e0c565b503d5f823e3d90fd5b60ff1680156140b357600181146140a5576002811461408a5760038114614070576004811461404b576005811461403c576006811461402d5760078114613fbc5760088114614022576009811461400557600a8114613ff857600b8114613fea57600c8114613fdf57600d8114613fd057600e81148015613fc6575b613fbc5760108114613fad5760118114613f9e5760128114613f905760138114613f845760148114613f775760158114613f6c5760168114613f5f5760178114613f5457601b8114613f4757601c14613f3c575f9061ffff905f90565b600190604090600490565b505f90620186a090600590565b506001906004908290565b505f9061ffff90617fff90565b505f90612e14908190565b505f9063ffffffff905f90565b50600190601090600490565b50600190617fff906103e890565b506106669061ffff9061e66690565b506106669061ffff9061b33390565b505f906001908190565b50600f8114613edf565b505f90620ee09890620dbba090565b505f9061ffff905f90565b5060019061ffff90617fff90565b506001906103e890600390565b505f906b033b2e3c9fd0803ce800000090670de0b6b3a764000090565b506001906040908190565b50612710906175309061313890565b50600190629896809061016890565b5066038d7ea4c68000906b033b2e3c9fd0803ce800000090683635c9adc5dea0000090565b505f9069d3c21bcecceda100000090662386f26fc1000090565b505f9069d3c21bcecceda100000090678ac7230489e8000090565b505f90629896809061138890565b506001906110009061010090565b906bffffffffffffffffffffffff90816140eb60ff8516946140e681601d88106120f0565b613e63565b50931691168181101580614155575b156141055750505050565b6040517f9e06b1e40000000000000000000000000000000000000000000000000000000081526004810194909452602484015260448301526bffffffffffffffffffffffff166064820152608490fd5b506bffffffffffffffffffffffff83168111156140fa565b9190811015611f3c5760061b0190565b806141855750565b73ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690604051907f23b872dd000000000000000000000000000000000000000000000000000000005f52336004523060245260445260205f60648180865af19060015f5114821615614216575b6040525f60605215613e175750565b906001811516613e5a57823b15153d15161690614207565b614237816129bd565b156145055763ffffffff61424a826129fe565b1690811561440b5763ffffffff1690815f52600460205260405f20815f5260205260405f209164ffffffffff7f00000000000000000000000000000000000000000000000000000000000000001664ffffffffff4216019264ffffffffff8411611ba3576001810180547fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff16606086901b70ffffffffff00000000000000000000000016179055815f52600560205260405f2073ffffffffffffffffffffffffffffffffffffffff80835416165f5260205260405f207fffffffffffffffffffffffffffffffffffffffffffffffffffffffff000000008154169055815f52600160205260405f2061ffff815460e81c16908115611ba3577fb2e130165dc2d3bbfa21ea3b272cce330729d07835d5d0156c338c54419e6859926143f273ffffffffffffffffffffffffffffffffffffffff925f19604095017fff0000ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7effff000000000000000000000000000000000000000000000000000000000083549260e81b169116179055565b54169464ffffffffff82519160018352166020820152a4565b63ffffffff16805f52600160205261ffff60405f205460e81c16604051917fb5accf8a00000000000000000000000000000000000000000000000000000000835280600484015260208360248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa928315612c07575f936144d1575b507f89ef677b000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b9092506020813d6020116144fd575b816144ed60209383611b55565b810103126117495751918361449f565b3d91506144e0565b5056' as const;
