// Generated from contracts/src/Epochs.sol by contracts/script/generate-abi.ts. Do not edit.
export const epochsAbi = [
  {
    "type": "constructor",
    "inputs": [
      {
        "name": "quorumPatience_",
        "type": "uint48",
        "internalType": "uint48"
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
        "name": "stakes",
        "type": "address",
        "internalType": "contract IStakes"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "EVIDENCE_EPOCHS",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint64",
        "internalType": "uint64"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "MAX_EVIDENCE_BYTES",
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
    "name": "MAX_PRUNABLE",
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
    "name": "MAX_ROW_BYTES",
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
    "name": "MAX_VALIDATORS",
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
    "name": "SLASH_BPS",
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
    "name": "claim",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "account",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "cumulative",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "proof",
        "type": "bytes32[]",
        "internalType": "bytes32[]"
      }
    ],
    "outputs": [
      {
        "name": "amount",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "claimedOf",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "account",
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
    "name": "commit",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "epoch",
        "type": "uint64",
        "internalType": "uint64"
      },
      {
        "name": "sealed_",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "eip712Domain",
    "inputs": [],
    "outputs": [
      {
        "name": "fields",
        "type": "bytes1",
        "internalType": "bytes1"
      },
      {
        "name": "name",
        "type": "string",
        "internalType": "string"
      },
      {
        "name": "version",
        "type": "string",
        "internalType": "string"
      },
      {
        "name": "chainId",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "verifyingContract",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "salt",
        "type": "bytes32",
        "internalType": "bytes32"
      },
      {
        "name": "extensions",
        "type": "uint256[]",
        "internalType": "uint256[]"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "hashAttestation",
    "inputs": [
      {
        "name": "attestation",
        "type": "tuple",
        "internalType": "struct IEpochs.EpochAttestation",
        "components": [
          {
            "name": "subnet",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "epoch",
            "type": "uint64",
            "internalType": "uint64"
          },
          {
            "name": "engine",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "snapshotBlock",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "inputs",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "outputs",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "rewardRoot",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "total",
            "type": "uint128",
            "internalType": "uint128"
          },
          {
            "name": "validators",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "prunable",
            "type": "bytes32",
            "internalType": "bytes32"
          }
        ]
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "open",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "epoch",
        "type": "uint64",
        "internalType": "uint64"
      },
      {
        "name": "evidence",
        "type": "bytes",
        "internalType": "bytes"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "poolsCountAfter",
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
    "name": "postEpoch",
    "inputs": [
      {
        "name": "attestation",
        "type": "tuple",
        "internalType": "struct IEpochs.EpochAttestation",
        "components": [
          {
            "name": "subnet",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "epoch",
            "type": "uint64",
            "internalType": "uint64"
          },
          {
            "name": "engine",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "snapshotBlock",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "inputs",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "outputs",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "rewardRoot",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "total",
            "type": "uint128",
            "internalType": "uint128"
          },
          {
            "name": "validators",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "prunable",
            "type": "bytes32",
            "internalType": "bytes32"
          }
        ]
      },
      {
        "name": "current",
        "type": "tuple[]",
        "internalType": "struct IEpochs.Permit[]",
        "components": [
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "stake",
            "type": "uint256",
            "internalType": "uint256"
          }
        ]
      },
      {
        "name": "votes",
        "type": "tuple[]",
        "internalType": "struct IEpochs.Vote[]",
        "components": [
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "r",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "vs",
            "type": "bytes32",
            "internalType": "bytes32"
          }
        ]
      },
      {
        "name": "validators",
        "type": "tuple[]",
        "internalType": "struct IEpochs.Permit[]",
        "components": [
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "stake",
            "type": "uint256",
            "internalType": "uint256"
          }
        ]
      },
      {
        "name": "prunable",
        "type": "uint32[]",
        "internalType": "uint32[]"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "postableAfter",
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
    "name": "postedOf",
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
        "internalType": "struct IEpochs.Posted",
        "components": [
          {
            "name": "nextEpoch",
            "type": "uint64",
            "internalType": "uint64"
          },
          {
            "name": "total",
            "type": "uint128",
            "internalType": "uint128"
          },
          {
            "name": "postedAt",
            "type": "uint48",
            "internalType": "uint48"
          },
          {
            "name": "claimed",
            "type": "uint128",
            "internalType": "uint128"
          },
          {
            "name": "rewardRoot",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "validators",
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
    "name": "prunableOf",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "outputs": [
      {
        "name": "prunable",
        "type": "uint32[]",
        "internalType": "uint32[]"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "quorumPatience",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint48",
        "internalType": "uint48"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "reveal",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "epoch",
        "type": "uint64",
        "internalType": "uint64"
      },
      {
        "name": "salt",
        "type": "bytes32",
        "internalType": "bytes32"
      },
      {
        "name": "version",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "logRoot",
        "type": "bytes32",
        "internalType": "bytes32"
      },
      {
        "name": "weights",
        "type": "bytes[]",
        "internalType": "bytes[]"
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
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "a",
        "type": "tuple",
        "internalType": "struct IEpochs.EpochAttestation",
        "components": [
          {
            "name": "subnet",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "epoch",
            "type": "uint64",
            "internalType": "uint64"
          },
          {
            "name": "engine",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "snapshotBlock",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "inputs",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "outputs",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "rewardRoot",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "total",
            "type": "uint128",
            "internalType": "uint128"
          },
          {
            "name": "validators",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "prunable",
            "type": "bytes32",
            "internalType": "bytes32"
          }
        ]
      },
      {
        "name": "signatureA",
        "type": "bytes",
        "internalType": "bytes"
      },
      {
        "name": "b",
        "type": "tuple",
        "internalType": "struct IEpochs.EpochAttestation",
        "components": [
          {
            "name": "subnet",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "epoch",
            "type": "uint64",
            "internalType": "uint64"
          },
          {
            "name": "engine",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "snapshotBlock",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "inputs",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "outputs",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "rewardRoot",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "total",
            "type": "uint128",
            "internalType": "uint128"
          },
          {
            "name": "validators",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "prunable",
            "type": "bytes32",
            "internalType": "bytes32"
          }
        ]
      },
      {
        "name": "signatureB",
        "type": "bytes",
        "internalType": "bytes"
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
    "type": "event",
    "name": "Claimed",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "account",
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
    "type": "event",
    "name": "Committed",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "epoch",
        "type": "uint64",
        "indexed": true,
        "internalType": "uint64"
      },
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "commit",
        "type": "bytes32",
        "indexed": false,
        "internalType": "bytes32"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "EIP712DomainChanged",
    "inputs": [],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "EpochPosted",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "epoch",
        "type": "uint64",
        "indexed": true,
        "internalType": "uint64"
      },
      {
        "name": "attestation",
        "type": "tuple",
        "indexed": false,
        "internalType": "struct IEpochs.EpochAttestation",
        "components": [
          {
            "name": "subnet",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "epoch",
            "type": "uint64",
            "internalType": "uint64"
          },
          {
            "name": "engine",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "snapshotBlock",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "inputs",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "outputs",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "rewardRoot",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "total",
            "type": "uint128",
            "internalType": "uint128"
          },
          {
            "name": "validators",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "prunable",
            "type": "bytes32",
            "internalType": "bytes32"
          }
        ]
      },
      {
        "name": "validators",
        "type": "tuple[]",
        "indexed": false,
        "internalType": "struct IEpochs.Permit[]",
        "components": [
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "stake",
            "type": "uint256",
            "internalType": "uint256"
          }
        ]
      },
      {
        "name": "prunable",
        "type": "uint32[]",
        "indexed": false,
        "internalType": "uint32[]"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "Opened",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "epoch",
        "type": "uint64",
        "indexed": true,
        "internalType": "uint64"
      },
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "evidence",
        "type": "bytes",
        "indexed": false,
        "internalType": "bytes"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "Revealed",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "indexed": true,
        "internalType": "uint32"
      },
      {
        "name": "epoch",
        "type": "uint64",
        "indexed": true,
        "internalType": "uint64"
      },
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "version",
        "type": "uint32",
        "indexed": false,
        "internalType": "uint32"
      },
      {
        "name": "logRoot",
        "type": "bytes32",
        "indexed": false,
        "internalType": "bytes32"
      },
      {
        "name": "weights",
        "type": "bytes[]",
        "indexed": false,
        "internalType": "bytes[]"
      }
    ],
    "anonymous": false
  },
  {
    "type": "error",
    "name": "AlreadyRevealed",
    "inputs": [
      {
        "name": "epoch",
        "type": "uint64",
        "internalType": "uint64"
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
    "name": "ClaimsAboveTotal",
    "inputs": [
      {
        "name": "claimed",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "total",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "CommitDiffers",
    "inputs": [
      {
        "name": "committed",
        "type": "bytes32",
        "internalType": "bytes32"
      },
      {
        "name": "revealed",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ]
  },
  {
    "type": "error",
    "name": "ECDSAInvalidSignature",
    "inputs": []
  },
  {
    "type": "error",
    "name": "ECDSAInvalidSignatureLength",
    "inputs": [
      {
        "name": "length",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "ECDSAInvalidSignatureS",
    "inputs": [
      {
        "name": "s",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ]
  },
  {
    "type": "error",
    "name": "EpochOutOfOrder",
    "inputs": [
      {
        "name": "epoch",
        "type": "uint64",
        "internalType": "uint64"
      },
      {
        "name": "next",
        "type": "uint64",
        "internalType": "uint64"
      }
    ]
  },
  {
    "type": "error",
    "name": "EvidenceTooOld",
    "inputs": [
      {
        "name": "epoch",
        "type": "uint64",
        "internalType": "uint64"
      },
      {
        "name": "oldest",
        "type": "uint64",
        "internalType": "uint64"
      }
    ]
  },
  {
    "type": "error",
    "name": "InvalidShortString",
    "inputs": []
  },
  {
    "type": "error",
    "name": "ListDiffers",
    "inputs": [
      {
        "name": "expected",
        "type": "bytes32",
        "internalType": "bytes32"
      },
      {
        "name": "given",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ]
  },
  {
    "type": "error",
    "name": "ListOutOfOrder",
    "inputs": [
      {
        "name": "index",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "ListTooLong",
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
    "name": "NoConflict",
    "inputs": []
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
    "name": "NotAKeyOf",
    "inputs": [
      {
        "name": "operator",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "key",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "NotHotKey",
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
    "name": "NotInTree",
    "inputs": [
      {
        "name": "account",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "cumulative",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "NotPermitted",
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
    "name": "NotRevealed",
    "inputs": [
      {
        "name": "epoch",
        "type": "uint64",
        "internalType": "uint64"
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
    "name": "NothingToClaim",
    "inputs": [
      {
        "name": "account",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "cumulative",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "claimed",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "OutsideWindow",
    "inputs": [
      {
        "name": "from",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "to",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "current",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "PermitsStillCount",
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
    "name": "QuorumTooSmall",
    "inputs": [
      {
        "name": "signed",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "total",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "SlashedAlready",
    "inputs": [
      {
        "name": "epoch",
        "type": "uint64",
        "internalType": "uint64"
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
    "name": "SnapshotDiffers",
    "inputs": [
      {
        "name": "attested",
        "type": "bytes32",
        "internalType": "bytes32"
      },
      {
        "name": "actual",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ]
  },
  {
    "type": "error",
    "name": "StringTooLong",
    "inputs": [
      {
        "name": "str",
        "type": "string",
        "internalType": "string"
      }
    ]
  },
  {
    "type": "error",
    "name": "SubnetEnded",
    "inputs": [
      {
        "name": "subnet",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "dissolvedAt",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "TooEarly",
    "inputs": [
      {
        "name": "postableAfter",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "current",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "TooManyBytes",
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
    "name": "TooManyRows",
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
    "name": "TotalAboveAccrued",
    "inputs": [
      {
        "name": "total",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "accrued",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "TotalFell",
    "inputs": [
      {
        "name": "total",
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
    "name": "VotesOutOfOrder",
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
    "name": "WrongAddress",
    "inputs": [
      {
        "name": "expected",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "actual",
        "type": "address",
        "internalType": "address"
      }
    ]
  }
] as const;

export const epochsBytecode = '0x61020080604052346104c55760a081613a49803803809161002082856104c9565b8339810103126104c557805165ffffffffffff811681036104c55760208201516001600160a01b03811691908281036104c5576040840151916001600160a01b03831683036104c55760608501516001600160a01b038116959094908686036104c55760800151956001600160a01b038716908188036104c5576040516100a86040826104c9565b60048152602081019063536f756b60e01b8252604051916100ca6040846104c9565b600183526020830191603160f81b83526100e38161054c565b610120526100f08461054c565b61014052519020918260e05251902080610100524660a0526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261015960c0826104c9565b5190206080523060c052604051637e062a3560e11b8152602081600481875afa90811561040a575f916104a6575b50604051637e062a3560e11b815290602082600481865afa801561040a576101c3925f91610468575b506001600160a01b03908116911661051f565b604051637e062a3560e11b8152602081600481875afa90811561040a575f91610487575b50604051637e062a3560e11b815290602082600481875afa801561040a57610222925f9161046857506001600160a01b03908116911661051f565b6040516305cfe13b60e41b8152602081600481875afa801561040a57610250915f91610449575b508261051f565b604051635684e3e760e11b815292602084600481845afa90811561040a576102856020926004965f9161042c575b508561051f565b6040516358152d0760e01b815294859182905afa90811561040a576102b76020926004955f91610415575b503061051f565b6040516358152d0760e01b815293849182905afa90811561040a576102e86020926004945f9161041557503061051f565b6040516358152d0760e01b815292839182905afa801561040a57610313915f916103db57503061051f565b6101e05261016052610180526101a0526101c05260405161349190816105b882396080518161312d015260a051816131ea015260c051816130fe015260e0518161317c015261010051816131a2015261012051816110e9015261014051816111120152610160518181816102b401526108430152610180518181816119be01528181612939015261336201526101a051818181611f3f01528181612bea0152612e2b01526101c051818181610d100152611b1401526101e05181818161226201526124860152f35b6103fd915060203d602011610403575b6103f581836104c9565b810190610500565b5f6102b0565b503d6103eb565b6040513d5f823e3d90fd5b6103fd9150843d8611610403576103f581836104c9565b6104439150843d8611610403576103f581836104c9565b5f61027e565b610462915060203d602011610403576103f581836104c9565b5f610249565b610481915060203d602011610403576103f581836104c9565b5f6101b0565b6104a0915060203d602011610403576103f581836104c9565b5f6101e7565b6104bf915060203d602011610403576103f581836104c9565b5f610187565b5f80fd5b601f909101601f19168101906001600160401b038211908210176104ec57604052565b634e487b7160e01b5f52604160045260245ffd5b908160209103126104c557516001600160a01b03811681036104c55790565b6001600160a01b039182169116818103610537575050565b6306c9abc360e51b5f5260045260245260445ffd5b601f815111610577576020815191015160208210610568571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fdfe60806040526004361015610011575f80fd5b5f3560e01c806304f5d4c6146122a25780630adc9458146122865780630df0ffe614612244578063375c0a8514611e4557806345da2fb0146116c2578063518554f01461153b57806354843b29146114545780635697d47114611253578063603e044f14611237578063714897df1461121c5780637f4a54bd146112015780637f9a7530146111e557806384b0196e146110d157806390246ebc146105f8578063933cd8de146105dc5780639c9fa8a41461057e578063b5accf8a14610536578063d01ba9721461043f578063df5c3d63146104245763ef30709b146100f5575f80fd5b346103515760806003193601126103515761010e6122c5565b610116612331565b906064359060443567ffffffffffffffff83116103515761014163ffffffff92933690600401612300565b9290931691825f52600260205260405f20936040519573ffffffffffffffffffffffffffffffffffffffff602088019116968782528460408201526040815261018b6060826123f4565b51902060405160208101918252602081526101a76040826123f4565b51902091600286015492915f915b8083106103e657505050036103b757815f52600560205260405f20845f5260205260405f205480821115610384576101ed90826124f2565b9260018101916fffffffffffffffffffffffffffffffff6102118682865416612417565b925460401c168083116103555750906fffffffffffffffffffffffffffffffff91845f52600560205260405f20875f5260205260405f2055167fffffffffffffffffffffffffffffffff0000000000000000000000000000000082541617905582817fdc8b8058bd26d719cc330a54461930fd9c312dd28447313fd5dc4641513e00746020604051868152a373ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001692833b156103515760645f928360405196879485937f79d9b87b000000000000000000000000000000000000000000000000000000008552600485015260248401528660448401525af191821561034657602092610336575b50604051908152f35b5f610340916123f4565b5f61032d565b6040513d5f823e3d90fd5b5f80fd5b827f6d0d7fef000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b90847f0cfa2bb0000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b837fd6a5a03c000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b9091926103f4848385612fbb565b359081811015610413575f52602052600160405f205b930191906101b5565b905f52602052600160405f2061040a565b34610351575f60031936011261035157602060405160088152f35b346103515760206003193601126103515763ffffffff61045d6122c5565b5f60a060405161046c816123d8565b8281528260208201528260408201528260608201528260808201520152165f52600260205260c060405f206040516104a3816123d8565b8154916fffffffffffffffffffffffffffffffff67ffffffffffffffff84169384845265ffffffffffff6020850191838160401c168352816040870191891c1681528380600187015416936060880194855260a0600360028901549860808b01998a52015498019788526040519889525116602088015251166040860152511660608401525160808301525160a0820152f35b346103515760206003193601126103515760206105766105546122c5565b63ffffffff81165f526002835267ffffffffffffffff60405f20541690612d38565b604051908152f35b34610351576040600319360112610351576105976122c5565b63ffffffff6105a4612331565b91165f52600560205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f52602052602060405f2054604051908152f35b34610351575f6003193601126103515760206040516103e88152f35b346103515760031936016101c081126103515761014013610351576101443567ffffffffffffffff8111610351576106349036906004016123a7565b610164359167ffffffffffffffff831161035157366023840112156103515782600401359167ffffffffffffffff83116103515760248401936024369160608602010111610351576101843567ffffffffffffffff81116103515761069d9036906004016123a7565b6101a43567ffffffffffffffff8111610351576106be903690600401612300565b96909563ffffffff6106ce612670565b165f52600260205260405f2094855496811515926106f68467ffffffffffffffff8b16612d7c565b604086116110a05760088b1161106f57899461010435996107488861073161073f8c6040519283916020830195602087526040840191612887565b03601f1981018352826123f4565b5190208c613267565b6107798d610731610770610124359a60405192839160208301956020875260408401916128e3565b51902088613267565b60015b88811061101857505f5b8d8d818310610ff0575050506fffffffffffffffffffffffffffffffff9060401c166fffffffffffffffffffffffffffffffff6107c1612868565b1690808210610fc157506107e46107d6612670565b6107de612694565b90612b97565b50906107ee612670565b9163ffffffff604051937f961b00d0000000000000000000000000000000000000000000000000000000008552166004840152602483015260208260448173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa918215610346575f92610f8d575b50818111610f5f5750506108856127db565b9415610cd757600389959493950154945f946108c35f976040516020810190602082526108ba81610731604082018c8a612887565b51902090613267565b5f945f925b818410610c155750505050818303610bc1575050505b811580159081610b94575b5015610b6657505067ffffffffffffffff61090a610905612694565b612578565b167fffffffffffffffffffffffffffffffffffffffffffffffff000000000000000085541617845561093a612868565b84547fffff00000000000000000000000000000000000000000000ffffffffffffffff77ffffffffffffffffffffffffffffffff00000000000000007dffffffffffff0000000000000000000000000000000000000000000000004360c01b169360401b1691161717845584600360c4359586600282015501555f5f5b888110610ae5575063ffffffff6109cc612670565b165f52600360205260405f20556109e1612670565b966109ea612694565b916040519560043563ffffffff811680910361035157875260243567ffffffffffffffff811680910361035157602088015260443563ffffffff81168091036103515760408801526064356060880152608435608088015260a43560a088015260c087015260e435966fffffffffffffffffffffffffffffffff881680980361035157610acd8796610ae09663ffffffff9467ffffffffffffffff947fd9ea185dada14b6fbe7789dd970d1668afcd5c6738bd39f2ee6f8de5bb3100b59c60e08c01526101008b01526101208a01526101806101408a0152610180890191612887565b93868503610160880152169816966128e3565b0390a3005b9063ffffffff610afe610af9848c8c612fbb565b612683565b16907f07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff83168303610b39576001918360051b1b1791016109b7565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b7f2b2dd84d000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b90506003820282810460031483151715610b39578360011b918483046002141715610b395710158a6108e9565b73ffffffffffffffffffffffffffffffffffffffff92610be992610be492612fcb565b612f67565b7fcd8ec838000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b9091929597610c33906020610c2b898686612f57565b013590612417565b978581148015610c9a575b610c9157610c5684610c51838989612fcb565b6132a0565b610c71575b610c66600191612703565b965b019291906108c8565b96610c66610c886001926020610c2b8b8888612f57565b98915050610c5b565b95600190610c68565b50610ca9610be4828888612fcb565b73ffffffffffffffffffffffffffffffffffffffff80610ccd610be48b8888612f57565b1691161415610c3e565b9392509050610ce4612670565b925f92610cf085612424565b80431115610f34575073ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001663ffffffff604051967f722df0140000000000000000000000000000000000000000000000000000000088521691826004880152602087602481855afa968715610346575f97610f00575b505f5b858110610d90575050505050506108de565b610d9e610be4828888612fcb565b81158015610eb3575b15610e7157610dbb83610c51848a8a612fcb565b610dc9575b50600101610d7e565b73ffffffffffffffffffffffffffffffffffffffff604098929851917f6ea6c98c000000000000000000000000000000000000000000000000000000008352866004840152166024820152602081604481875afa908115610346575f91610e3f575b50610e3890600192612417565b9690610dc0565b90506020813d8211610e69575b81610e59602093836123f4565b8101031261035157516001610e2b565b3d9150610e4c565b73ffffffffffffffffffffffffffffffffffffffff907fb045d71e000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b505f198201828111610b3957610ee2610be473ffffffffffffffffffffffffffffffffffffffff928a8a612fcb565b1673ffffffffffffffffffffffffffffffffffffffff821611610da7565b9096506020813d602011610f2c575b81610f1c602093836123f4565b810103126103515751958e610d7b565b3d9150610f0f565b7fa0d86219000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f313f29b8000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b9091506020813d602011610fb9575b81610fa9602093836123f4565b810103126103515751908e610873565b3d9150610f9c565b907fde2eed35000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b8263ffffffff61100a610af9836001979661101296612fbb565b161515612f88565b01610786565b611026610be4828b8d612f57565b905f19810191818311610b3957816110699173ffffffffffffffffffffffffffffffffffffffff808f8f600198610be49161106093612f57565b16911611612f88565b0161077c565b8a7f685eefae000000000000000000000000000000000000000000000000000000005f52600452600860245260445ffd5b857f685eefae000000000000000000000000000000000000000000000000000000005f52600452604060245260445ffd5b34610351575f6003193601126103515761118961110d7f0000000000000000000000000000000000000000000000000000000000000000613210565b6111367f0000000000000000000000000000000000000000000000000000000000000000613210565b60206111976040519261114983856123f4565b5f84525f3681376040519586957f0f00000000000000000000000000000000000000000000000000000000000000875260e08588015260e0870190612382565b908582036040870152612382565b4660608501523060808501525f60a085015283810360c08501528180845192838152019301915f5b8281106111ce57505050500390f35b8351855286955093810193928101926001016111bf565b34610351575f6003193601126103515760206040516160008152f35b34610351575f60031936011261035157602060405160028152f35b34610351575f60031936011261035157602060405160408152f35b34610351576101406003193601126103515760206105766127db565b346103515760606003193601126103515761126c6122c5565b6112746122e9565b9060443567ffffffffffffffff811161035157611295903690600401612354565b9161129f33612921565b906112aa8582612b97565b6112b76003820483612417565b9160018301809311610b39577f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff82168203610b395760036112fc9260011b0490612417565b5f198101908111610b395761131091612ce9565b61600084116114225763ffffffff1691825f52600460205260405f2073ffffffffffffffffffffffffffffffffffffffff83165f5260205267ffffffffffffffff600260405f2001541667ffffffffffffffff61136c87612578565b16036113d2577e045b8df01fc0706d45b797c0f92594c74f42b70244d1dc3b2d5ffa6b1cffcb916113cd73ffffffffffffffffffffffffffffffffffffffff9267ffffffffffffffff60405194859460208652169816966020840191612598565b0390a4005b73ffffffffffffffffffffffffffffffffffffffff8267ffffffffffffffff877f2ab63552000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b837f07150036000000000000000000000000000000000000000000000000000000005f5260045261600060245260445ffd5b346103515760606003193601126103515761146d6122c5565b6114756122e9565b906044359061148333612921565b906114996114918583612b97565b8192916124f2565b915f198201918211610b395773ffffffffffffffffffffffffffffffffffffffff63ffffffff67ffffffffffffffff926114f66020957f73a2fcbe97569704a154f62e61c7a4e34894d6ada5b6acb9594036632b86abf697612ce9565b1694855f526004845260405f208282165f52845261151b60405f2060018a1690612661565b81549060031b905f198a831b921b191617905560405196875216951693a4005b346103515760206003193601126103515763ffffffff6115596122c5565b165f52600360205260405f20545f5b6008811080611685575b156115855761158090612703565b611568565b61158e81612711565b9161159c60405193846123f4565b8183526115a882612711565b91601f196020850193013684375f5b818110611608578385604051918291602083019060208452518091526040830191905f5b8181106115e9575050500390f35b825163ffffffff168452859450602093840193909201916001016115db565b8060051b907f07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff81168103610b395785518110156116585781602063ffffffff866001951c169188010152016115b7565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b507f07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff81168103610b395763ffffffff828260051b1c161515611572565b34610351576102e06003193601126103515760043573ffffffffffffffffffffffffffffffffffffffff8116809103610351576101407fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc360112610351576101643567ffffffffffffffff811161035157611741903690600401612354565b6101407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe7c939293360112610351576102c43567ffffffffffffffff811161035157611790903690600401612354565b90936024359063ffffffff821695868303610351576044359167ffffffffffffffff831695868403610351576101843563ffffffff811690818103610351575089149283611e23575b83611def575b9561193f9684611de0575b61193673ffffffffffffffffffffffffffffffffffffffff9261193092611927604260405160208101907fdfc79c0ab1b47ed92b6010b02d4b7cec2910b786a582d621c0a5e95ea896d6818252611845604082016024612729565b6101608152611856610180826123f4565b5190206118616130e7565b90604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522096604260405160208101907fdfc79c0ab1b47ed92b6010b02d4b7cec2910b786a582d621c0a5e95ea896d68182526118d160408201610184612729565b61016081526118e2610180826123f4565b5190206118ed6130e7565b90604051917f1901000000000000000000000000000000000000000000000000000000000000835260028301526022820152209888612fdb565b9095919561300f565b86612fdb565b9099919961300f565b169583611dc0575b5082611db5575b505015611d8d5761195e91612d38565b61196b43828043116126ab565b845f52600260205267ffffffffffffffff60405f2054166002840167ffffffffffffffff8111610b395767ffffffffffffffff82911610611d21575073ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016906040517f636f35d3000000000000000000000000000000000000000000000000000000008152856004820152606081602481865afa80156103465784915f91611c67575b505173ffffffffffffffffffffffffffffffffffffffff1614918215611bde575b505015611baf5750825f52600660205260405f20825f5260205260405f20815f5260205260ff60405f205416611b8157825f52600660205260405f20825f5260205260405f20905f5260205260405f2060017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00825416179055604051917fdc3823e9000000000000000000000000000000000000000000000000000000008352600483015260248201526103e860448201526020816064815f73ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165af18015610346575f90611b4e575b602090604051908152f35b506020813d602011611b79575b81611b68602093836123f4565b810103126103515760209051611b43565b3d9150611b5b565b7f2f7b0c74000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b827fba4c68fe000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b6044919250602090604051928380927fa2daf7830000000000000000000000000000000000000000000000000000000082528960048301528760248301525afa908115610346575f91611c35575b50118580611a44565b90506020813d602011611c5f575b81611c50602093836123f4565b81010312610351575186611c2c565b3d9150611c43565b9150506060813d606011611d19575b81611c83606093836123f4565b810103126103515760405190606082019180831067ffffffffffffffff841117611cec57604073ffffffffffffffffffffffffffffffffffffffff9287948252611ccc816126e2565b8352611cda602082016124ff565b60208401520151604082015290611a23565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b3d9150611c76565b7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe84910167ffffffffffffffff8111610b395767ffffffffffffffff917fd1838bbf000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b7f7412124e000000000000000000000000000000000000000000000000000000005f5260045ffd5b14159050878061194e565b73ffffffffffffffffffffffffffffffffffffffff168614925089611947565b6084356101e4351494506117ea565b92506064359563ffffffff87169687810361035157506101c4359663ffffffff8816908189036103515791975014926117df565b92506101a43567ffffffffffffffff81169081810361035157508714926117d9565b346103515760c060031936011261035157611e5e6122c5565b611e666122e9565b906064359163ffffffff83168093036103515760843560a43567ffffffffffffffff811161035157611e9c903690600401612300565b9490611ea733612921565b956003611ec1611eb78789612b97565b9290920482612417565b5f198101908111610b3957611ed591612ce9565b63ffffffff604051967ff6f6025a00000000000000000000000000000000000000000000000000000000885216948560048801526017602488015267ffffffffffffffff81169687604482015260208160648173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa8015610346575f906121ff575b6bffffffffffffffffffffffff9150168083116121d057505f5b8281106121735750855f52600460205260405f2073ffffffffffffffffffffffffffffffffffffffff89165f5260205260405f2090600282019167ffffffffffffffff83541667ffffffffffffffff611fe084612578565b161461212d5761206e604051602081019088825260408082015261200c81610731606082018a8c6125b8565b5190209a60405173ffffffffffffffffffffffffffffffffffffffff60208201928c84528d6040840152169c8d6060830152604435608083015260a08201528960c082015260c0815261206060e0826123f4565b519020916001841690612661565b90549060031b1c8082036120ff575050917f6ebdc14dc1a5712298bec87cac0de5e87442705a82abbe19b67ac57e66b33c879594939167ffffffffffffffff6120b96113cd95612578565b167fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000825416179055604051948594855260208501526060604085015260608401916125b8565b7fb4947f86000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b73ffffffffffffffffffffffffffffffffffffffff8a8a7f96fb9564000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b61217e818486612518565b905061800061218e838688612518565b9290501161219f5750600101611f88565b7f07150036000000000000000000000000000000000000000000000000000000005f5260045261800060245260445ffd5b827fe04416ad000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b506020813d60201161223c575b81612219602093836123f4565b81010312610351576122376bffffffffffffffffffffffff916124ff565b611f6e565b3d915061220c565b34610351575f60031936011261035157602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610351575f6003193601126103515760206040516180008152f35b346103515760206003193601126103515760206105766122c06122c5565b612424565b6004359063ffffffff8216820361035157565b359063ffffffff8216820361035157565b6024359067ffffffffffffffff8216820361035157565b9181601f840112156103515782359167ffffffffffffffff8311610351576020808501948460051b01011161035157565b6024359073ffffffffffffffffffffffffffffffffffffffff8216820361035157565b9181601f840112156103515782359167ffffffffffffffff8311610351576020838186019501011161035157565b90601f19601f602080948051918291828752018686015e5f8582860101520116010190565b9181601f840112156103515782359167ffffffffffffffff8311610351576020808501948460061b01011161035157565b60c0810190811067ffffffffffffffff821117611cec57604052565b90601f601f19910116810190811067ffffffffffffffff821117611cec57604052565b91908201809211610b3957565b63ffffffff8116805f52600260205265ffffffffffff60405f205460c01c1690811580156124b7575b15612459575050505f90565b6124b49261247d915f52600260205267ffffffffffffffff60405f20541690612d38565b65ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016918180821191180218612417565b90565b50805f526002602052600360405f2001546040516020810190602082525f6040820152604081526124e96060826123f4565b5190201461244d565b91908203918211610b3957565b51906bffffffffffffffffffffffff8216820361035157565b91908110156116585760051b810135907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe18136030182121561035157019081359167ffffffffffffffff8311610351576020018236038113610351579190565b67ffffffffffffffff60019116019067ffffffffffffffff8211610b3957565b601f8260209493601f1993818652868601375f8582860101520116010190565b90602083828152019060208160051b85010193835f917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe182360301905b848410612606575050505050505090565b90919293949596601f19828203018752873583811215610351578401906020823592019167ffffffffffffffff8111610351578036038313610351576126526020928392600195612598565b990197019594019291906125f5565b60028210156116585701905f90565b60043563ffffffff811681036103515790565b3563ffffffff811681036103515790565b60243567ffffffffffffffff811681036103515790565b156126b4575050565b7fe58369d1000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b519073ffffffffffffffffffffffffffffffffffffffff8216820361035157565b5f198114610b395760010190565b67ffffffffffffffff8111611cec5760051b60200190565b63ffffffff612737826122d8565b168252602081013567ffffffffffffffff811681036103515767ffffffffffffffff16602083015263ffffffff612770604083016122d8565b166040830152606081013560608301526080810135608083015260a081013560a083015260c081013560c083015260e08101356fffffffffffffffffffffffffffffffff81168091036103515761012091829160e08501526101008101356101008501520135910152565b604260405160208101907fdfc79c0ab1b47ed92b6010b02d4b7cec2910b786a582d621c0a5e95ea896d6818252612816604082016004612729565b6101608152612827610180826123f4565b5190206128326130e7565b90604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b60e4356fffffffffffffffffffffffffffffffff811681036103515790565b916020908281520191905f905b8082106128a15750505090565b90919283359073ffffffffffffffffffffffffffffffffffffffff82168092036103515760408160019382935260208701356020820152019401920190612894565b916020908281520191905f5b8181106128fc5750505090565b90919260208060019263ffffffff612913886122d8565b1681520194019291016128ef565b9073ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001673ffffffffffffffffffffffffffffffffffffffff604051937f16053fb10000000000000000000000000000000000000000000000000000000085521690816004850152602084602481845afa938415610346575f94612ac3575b5073ffffffffffffffffffffffffffffffffffffffff8416908115159182612a0c575b5050156129e15750565b7f413d3f9a000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b60209192506024604051809481937f4c3135d800000000000000000000000000000000000000000000000000000000835260048301525afa80156103465782915f91612a72575b5073ffffffffffffffffffffffffffffffffffffffff16145f806129d7565b9150506020813d602011612abb575b81612a8e602093836123f4565b810103126103515773ffffffffffffffffffffffffffffffffffffffff612ab583926126e2565b90612a53565b3d9150612a81565b9093506020813d602011612af7575b81612adf602093836123f4565b8101031261035157612af0906126e2565b925f6129b4565b3d9150612ad2565b519065ffffffffffff8216820361035157565b908160c09103126103515760405190612b2a826123d8565b612b33816126e2565b8252612b4160208201612aff565b6020830152604081015162ffffff81168103610351576040830152606081015161ffff8116810361035157612b8f9160a0916060850152612b84608082016124ff565b608085015201612aff565b60a082015290565b91909163ffffffff604051917f6c3caa240000000000000000000000000000000000000000000000000000000083521680600483015260c08260248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa918215610346575f92612cb8575b5073ffffffffffffffffffffffffffffffffffffffff82511615612c8d575067ffffffffffffffff65ffffffffffff60208301511693169060018201809211610b39576040019262ffffff84511691828102928184041490151715610b395762ffffff91612c8791612417565b92511690565b7fc994003d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b612cdb91925060c03d60c011612ce2575b612cd381836123f4565b810190612b12565b905f612c1a565b503d612cc9565b8043101580612d2e575b15612cfc575050565b7f3ba8930b000000000000000000000000000000000000000000000000000000005f526004526024524360445260645ffd5b5081431115612cf3565b90612d4291612b97565b907f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff82168203610b395760036124b49260011b0490612417565b9060243567ffffffffffffffff81168082036103515767ffffffffffffffff84169150818103612f295750506004359063ffffffff82169182810361035157612dc58482612d38565b612dd243828043116126ab565b4080158015612f1e575b15612eed57506040517f6c3caa2400000000000000000000000000000000000000000000000000000000815283600482015260c08160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa9081156103465765ffffffffffff9160a0915f91612ece575b50015116938415612ec757612e7c859183612b97565b5011159182612ebf575b505015612e91575050565b7ff21e4405000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b91505f612e86565b5050505050565b612ee7915060c03d60c011612ce257612cd381836123f4565b5f612e66565b7ff733ee78000000000000000000000000000000000000000000000000000000005f5260643560045260245260445ffd5b506064358114612ddc565b7faafac234000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b91908110156116585760061b0190565b3573ffffffffffffffffffffffffffffffffffffffff811681036103515790565b15612f905750565b7f2828c4ac000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b91908110156116585760051b0190565b9190811015611658576060020190565b906041830361300557612ffe9250602081013591604082359201355f1a90613402565b9192909190565b50505f9160029190565b60048110156130ba5780613021575050565b60018103613051577ff645eedf000000000000000000000000000000000000000000000000000000005f5260045ffd5b6002810361308557507ffce698f7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b60031461308f5750565b7fd78bce0c000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b73ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163014806131e7575b1561314f577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a081526131e160c0826123f4565b51902090565b507f00000000000000000000000000000000000000000000000000000000000000004614613126565b60ff811690601f821161323f576040519161322c6040846123f4565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b818103613272575050565b7fea768e58000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b906132e29060408301357f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff81169160ff601b602087013593821c011690613402565b5060048110156130ba571591826132f857505090565b613303919250612f67565b73ffffffffffffffffffffffffffffffffffffffff604051917f4c3135d800000000000000000000000000000000000000000000000000000000835216600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa908115610346575f916133b1575b5073ffffffffffffffffffffffffffffffffffffffff80911691161490565b90506020813d6020116133fa575b816133cc602093836123f4565b810103126103515773ffffffffffffffffffffffffffffffffffffffff6133f381926126e2565b9150613392565b3d91506133bf565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411613486579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15610346575f5173ffffffffffffffffffffffffffffffffffffffff81161561347c57905f905f90565b505f906001905f90565b5050505f916003919056' as const;
