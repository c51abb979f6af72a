// Generated from contracts/src/Market.sol by contracts/script/generate-abi.ts. Do not edit.
export const marketAbi = [
  {
    "type": "constructor",
    "inputs": [
      {
        "name": "operators_",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "feeSink_",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "feeBps_",
        "type": "uint16",
        "internalType": "uint16"
      },
      {
        "name": "tokens",
        "type": "address[]",
        "internalType": "address[]"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "MAX_CLAWBACK_WINDOW",
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
    "name": "MAX_FEE_BPS",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint16",
        "internalType": "uint16"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "MAX_START_WINDOW",
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
    "name": "amend",
    "inputs": [
      {
        "name": "ref",
        "type": "tuple",
        "internalType": "struct IMarket.LeaseRef",
        "components": [
          {
            "name": "lease",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "terms",
            "type": "tuple",
            "internalType": "struct IMarket.Terms",
            "components": [
              {
                "name": "tenant",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "agent",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "watcher",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "operator",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "token",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "rate",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "minimumCharge",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "clawbackWindow",
                "type": "uint32",
                "internalType": "uint32"
              },
              {
                "name": "openedAt",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "startDeadline",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "revision",
                "type": "uint32",
                "internalType": "uint32"
              }
            ]
          }
        ]
      },
      {
        "name": "amendment",
        "type": "tuple",
        "internalType": "struct IMarket.Amendment",
        "components": [
          {
            "name": "lease",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "terms",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "manifest",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "requirements",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "rate",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "minimumCharge",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "deposit",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "expiresAt",
            "type": "uint40",
            "internalType": "uint40"
          }
        ]
      },
      {
        "name": "signer",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "tenantSig",
        "type": "bytes",
        "internalType": "bytes"
      },
      {
        "name": "operatorSig",
        "type": "bytes",
        "internalType": "bytes"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "balanceOf",
    "inputs": [
      {
        "name": "token",
        "type": "address",
        "internalType": "address"
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
    "name": "cancelAll",
    "inputs": [],
    "outputs": [
      {
        "name": "counter",
        "type": "uint64",
        "internalType": "uint64"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "close",
    "inputs": [
      {
        "name": "ref",
        "type": "tuple",
        "internalType": "struct IMarket.LeaseRef",
        "components": [
          {
            "name": "lease",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "terms",
            "type": "tuple",
            "internalType": "struct IMarket.Terms",
            "components": [
              {
                "name": "tenant",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "agent",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "watcher",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "operator",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "token",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "rate",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "minimumCharge",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "clawbackWindow",
                "type": "uint32",
                "internalType": "uint32"
              },
              {
                "name": "openedAt",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "startDeadline",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "revision",
                "type": "uint32",
                "internalType": "uint32"
              }
            ]
          }
        ]
      },
      {
        "name": "effectiveAt",
        "type": "uint40",
        "internalType": "uint40"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "closeExhausted",
    "inputs": [
      {
        "name": "ref",
        "type": "tuple",
        "internalType": "struct IMarket.LeaseRef",
        "components": [
          {
            "name": "lease",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "terms",
            "type": "tuple",
            "internalType": "struct IMarket.Terms",
            "components": [
              {
                "name": "tenant",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "agent",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "watcher",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "operator",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "token",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "rate",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "minimumCharge",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "clawbackWindow",
                "type": "uint32",
                "internalType": "uint32"
              },
              {
                "name": "openedAt",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "startDeadline",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "revision",
                "type": "uint32",
                "internalType": "uint32"
              }
            ]
          }
        ]
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "closeSigned",
    "inputs": [
      {
        "name": "ref",
        "type": "tuple",
        "internalType": "struct IMarket.LeaseRef",
        "components": [
          {
            "name": "lease",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "terms",
            "type": "tuple",
            "internalType": "struct IMarket.Terms",
            "components": [
              {
                "name": "tenant",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "agent",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "watcher",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "operator",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "token",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "rate",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "minimumCharge",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "clawbackWindow",
                "type": "uint32",
                "internalType": "uint32"
              },
              {
                "name": "openedAt",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "startDeadline",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "revision",
                "type": "uint32",
                "internalType": "uint32"
              }
            ]
          }
        ]
      },
      {
        "name": "effectiveAt",
        "type": "uint40",
        "internalType": "uint40"
      },
      {
        "name": "signer",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "sig",
        "type": "bytes",
        "internalType": "bytes"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "collect",
    "inputs": [
      {
        "name": "refs",
        "type": "tuple[]",
        "internalType": "struct IMarket.LeaseRef[]",
        "components": [
          {
            "name": "lease",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "terms",
            "type": "tuple",
            "internalType": "struct IMarket.Terms",
            "components": [
              {
                "name": "tenant",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "agent",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "watcher",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "operator",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "token",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "rate",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "minimumCharge",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "clawbackWindow",
                "type": "uint32",
                "internalType": "uint32"
              },
              {
                "name": "openedAt",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "startDeadline",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "revision",
                "type": "uint32",
                "internalType": "uint32"
              }
            ]
          }
        ]
      }
    ],
    "outputs": [
      {
        "name": "total",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "collectable",
    "inputs": [
      {
        "name": "ref",
        "type": "tuple",
        "internalType": "struct IMarket.LeaseRef",
        "components": [
          {
            "name": "lease",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "terms",
            "type": "tuple",
            "internalType": "struct IMarket.Terms",
            "components": [
              {
                "name": "tenant",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "agent",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "watcher",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "operator",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "token",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "rate",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "minimumCharge",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "clawbackWindow",
                "type": "uint32",
                "internalType": "uint32"
              },
              {
                "name": "openedAt",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "startDeadline",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "revision",
                "type": "uint32",
                "internalType": "uint32"
              }
            ]
          }
        ]
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
    "name": "counterOf",
    "inputs": [
      {
        "name": "tenant",
        "type": "address",
        "internalType": "address"
      }
    ],
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
    "name": "deposit",
    "inputs": [
      {
        "name": "token",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "depositWithPermit",
    "inputs": [
      {
        "name": "token",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "amount",
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
    "name": "feeBps",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint16",
        "internalType": "uint16"
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
    "name": "flushFees",
    "inputs": [
      {
        "name": "token",
        "type": "address",
        "internalType": "address"
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
    "name": "fundedUntil",
    "inputs": [
      {
        "name": "ref",
        "type": "tuple",
        "internalType": "struct IMarket.LeaseRef",
        "components": [
          {
            "name": "lease",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "terms",
            "type": "tuple",
            "internalType": "struct IMarket.Terms",
            "components": [
              {
                "name": "tenant",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "agent",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "watcher",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "operator",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "token",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "rate",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "minimumCharge",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "clawbackWindow",
                "type": "uint32",
                "internalType": "uint32"
              },
              {
                "name": "openedAt",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "startDeadline",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "revision",
                "type": "uint32",
                "internalType": "uint32"
              }
            ]
          }
        ]
      }
    ],
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
    "name": "hashBid",
    "inputs": [
      {
        "name": "bid",
        "type": "tuple",
        "internalType": "struct IMarket.Bid",
        "components": [
          {
            "name": "order",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "rate",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "minimumCharge",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "expiresAt",
            "type": "uint40",
            "internalType": "uint40"
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
    "stateMutability": "pure"
  },
  {
    "type": "function",
    "name": "hashOrder",
    "inputs": [
      {
        "name": "order",
        "type": "tuple",
        "internalType": "struct IMarket.Order",
        "components": [
          {
            "name": "tenant",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "agent",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "watcher",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "token",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "manifest",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "requirements",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "maxRate",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "deposit",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "clawbackWindow",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "startWindow",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "expiresAt",
            "type": "uint40",
            "internalType": "uint40"
          },
          {
            "name": "counter",
            "type": "uint64",
            "internalType": "uint64"
          },
          {
            "name": "salt",
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
    "stateMutability": "pure"
  },
  {
    "type": "function",
    "name": "hashTerms",
    "inputs": [
      {
        "name": "terms",
        "type": "tuple",
        "internalType": "struct IMarket.Terms",
        "components": [
          {
            "name": "tenant",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "agent",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "watcher",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "token",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "rate",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "minimumCharge",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "clawbackWindow",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "openedAt",
            "type": "uint40",
            "internalType": "uint40"
          },
          {
            "name": "startDeadline",
            "type": "uint40",
            "internalType": "uint40"
          },
          {
            "name": "revision",
            "type": "uint32",
            "internalType": "uint32"
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
    "stateMutability": "pure"
  },
  {
    "type": "function",
    "name": "isTokenAllowed",
    "inputs": [
      {
        "name": "token",
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
    "name": "leaseOf",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ],
    "outputs": [
      {
        "name": "state",
        "type": "tuple",
        "internalType": "struct IMarket.LeaseState",
        "components": [
          {
            "name": "funded",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "collected",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "readyAt",
            "type": "uint40",
            "internalType": "uint40"
          },
          {
            "name": "status",
            "type": "uint8",
            "internalType": "uint8"
          }
        ]
      },
      {
        "name": "termsHash",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "markReady",
    "inputs": [
      {
        "name": "ref",
        "type": "tuple",
        "internalType": "struct IMarket.LeaseRef",
        "components": [
          {
            "name": "lease",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "terms",
            "type": "tuple",
            "internalType": "struct IMarket.Terms",
            "components": [
              {
                "name": "tenant",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "agent",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "watcher",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "operator",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "token",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "rate",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "minimumCharge",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "clawbackWindow",
                "type": "uint32",
                "internalType": "uint32"
              },
              {
                "name": "openedAt",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "startDeadline",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "revision",
                "type": "uint32",
                "internalType": "uint32"
              }
            ]
          }
        ]
      },
      {
        "name": "readyAt",
        "type": "uint40",
        "internalType": "uint40"
      },
      {
        "name": "signer",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "sig",
        "type": "bytes",
        "internalType": "bytes"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "open",
    "inputs": [
      {
        "name": "order",
        "type": "tuple",
        "internalType": "struct IMarket.Order",
        "components": [
          {
            "name": "tenant",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "agent",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "watcher",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "token",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "manifest",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "requirements",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "maxRate",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "deposit",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "clawbackWindow",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "startWindow",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "expiresAt",
            "type": "uint40",
            "internalType": "uint40"
          },
          {
            "name": "counter",
            "type": "uint64",
            "internalType": "uint64"
          },
          {
            "name": "salt",
            "type": "bytes32",
            "internalType": "bytes32"
          }
        ]
      },
      {
        "name": "bid",
        "type": "tuple",
        "internalType": "struct IMarket.Bid",
        "components": [
          {
            "name": "order",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "rate",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "minimumCharge",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "expiresAt",
            "type": "uint40",
            "internalType": "uint40"
          }
        ]
      },
      {
        "name": "orderSig",
        "type": "bytes",
        "internalType": "bytes"
      },
      {
        "name": "acceptanceSig",
        "type": "bytes",
        "internalType": "bytes"
      },
      {
        "name": "bidSig",
        "type": "bytes",
        "internalType": "bytes"
      }
    ],
    "outputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "operators",
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
    "name": "owedAt",
    "inputs": [
      {
        "name": "ref",
        "type": "tuple",
        "internalType": "struct IMarket.LeaseRef",
        "components": [
          {
            "name": "lease",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "terms",
            "type": "tuple",
            "internalType": "struct IMarket.Terms",
            "components": [
              {
                "name": "tenant",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "agent",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "watcher",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "operator",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "token",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "rate",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "minimumCharge",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "clawbackWindow",
                "type": "uint32",
                "internalType": "uint32"
              },
              {
                "name": "openedAt",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "startDeadline",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "revision",
                "type": "uint32",
                "internalType": "uint32"
              }
            ]
          }
        ]
      },
      {
        "name": "time",
        "type": "uint40",
        "internalType": "uint40"
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
    "name": "topUp",
    "inputs": [
      {
        "name": "ref",
        "type": "tuple",
        "internalType": "struct IMarket.LeaseRef",
        "components": [
          {
            "name": "lease",
            "type": "bytes32",
            "internalType": "bytes32"
          },
          {
            "name": "terms",
            "type": "tuple",
            "internalType": "struct IMarket.Terms",
            "components": [
              {
                "name": "tenant",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "agent",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "watcher",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "operator",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "token",
                "type": "address",
                "internalType": "address"
              },
              {
                "name": "rate",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "minimumCharge",
                "type": "uint96",
                "internalType": "uint96"
              },
              {
                "name": "clawbackWindow",
                "type": "uint32",
                "internalType": "uint32"
              },
              {
                "name": "openedAt",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "startDeadline",
                "type": "uint40",
                "internalType": "uint40"
              },
              {
                "name": "revision",
                "type": "uint32",
                "internalType": "uint32"
              }
            ]
          }
        ]
      },
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
    "name": "withdraw",
    "inputs": [
      {
        "name": "token",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "amount",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "event",
    "name": "Deposited",
    "inputs": [
      {
        "name": "token",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "account",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "from",
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
    "name": "EIP712DomainChanged",
    "inputs": [],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "LeaseAmended",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "indexed": true,
        "internalType": "bytes32"
      },
      {
        "name": "terms",
        "type": "tuple",
        "indexed": false,
        "internalType": "struct IMarket.Terms",
        "components": [
          {
            "name": "tenant",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "agent",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "watcher",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "token",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "rate",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "minimumCharge",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "clawbackWindow",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "openedAt",
            "type": "uint40",
            "internalType": "uint40"
          },
          {
            "name": "startDeadline",
            "type": "uint40",
            "internalType": "uint40"
          },
          {
            "name": "revision",
            "type": "uint32",
            "internalType": "uint32"
          }
        ]
      },
      {
        "name": "paid",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      },
      {
        "name": "funded",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      },
      {
        "name": "manifest",
        "type": "bytes32",
        "indexed": false,
        "internalType": "bytes32"
      },
      {
        "name": "requirements",
        "type": "bytes32",
        "indexed": false,
        "internalType": "bytes32"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "LeaseClosed",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "indexed": true,
        "internalType": "bytes32"
      },
      {
        "name": "tenant",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "by",
        "type": "uint8",
        "indexed": false,
        "internalType": "enum IMarket.ClosedBy"
      },
      {
        "name": "wasReady",
        "type": "bool",
        "indexed": false,
        "internalType": "bool"
      },
      {
        "name": "effectiveAt",
        "type": "uint40",
        "indexed": false,
        "internalType": "uint40"
      },
      {
        "name": "paid",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      },
      {
        "name": "refunded",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      },
      {
        "name": "clawedBack",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "LeaseCollected",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "indexed": true,
        "internalType": "bytes32"
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
    "name": "LeaseOpened",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "indexed": true,
        "internalType": "bytes32"
      },
      {
        "name": "tenant",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "operator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "terms",
        "type": "tuple",
        "indexed": false,
        "internalType": "struct IMarket.Terms",
        "components": [
          {
            "name": "tenant",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "agent",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "watcher",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "operator",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "token",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "rate",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "minimumCharge",
            "type": "uint96",
            "internalType": "uint96"
          },
          {
            "name": "clawbackWindow",
            "type": "uint32",
            "internalType": "uint32"
          },
          {
            "name": "openedAt",
            "type": "uint40",
            "internalType": "uint40"
          },
          {
            "name": "startDeadline",
            "type": "uint40",
            "internalType": "uint40"
          },
          {
            "name": "revision",
            "type": "uint32",
            "internalType": "uint32"
          }
        ]
      },
      {
        "name": "deposit",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "LeaseReady",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "indexed": true,
        "internalType": "bytes32"
      },
      {
        "name": "readyAt",
        "type": "uint40",
        "indexed": false,
        "internalType": "uint40"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "LeaseToppedUp",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "indexed": true,
        "internalType": "bytes32"
      },
      {
        "name": "amount",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      },
      {
        "name": "funded",
        "type": "uint96",
        "indexed": false,
        "internalType": "uint96"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "OrdersCancelled",
    "inputs": [
      {
        "name": "tenant",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "counter",
        "type": "uint64",
        "indexed": false,
        "internalType": "uint64"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "Withdrawn",
    "inputs": [
      {
        "name": "token",
        "type": "address",
        "indexed": true,
        "internalType": "address"
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
    "type": "error",
    "name": "AgentBeyondTerms",
    "inputs": [
      {
        "name": "agent",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "AlreadyReady",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ]
  },
  {
    "type": "error",
    "name": "AmendmentExpired",
    "inputs": [
      {
        "name": "expiresAt",
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
    "name": "AmountIsZero",
    "inputs": []
  },
  {
    "type": "error",
    "name": "BalanceTooSmall",
    "inputs": [
      {
        "name": "balance",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "needed",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "BidExpired",
    "inputs": [
      {
        "name": "expiresAt",
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
    "name": "BidForOtherOrder",
    "inputs": [
      {
        "name": "order",
        "type": "bytes32",
        "internalType": "bytes32"
      },
      {
        "name": "bidOrder",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ]
  },
  {
    "type": "error",
    "name": "CounterMismatch",
    "inputs": [
      {
        "name": "counter",
        "type": "uint64",
        "internalType": "uint64"
      },
      {
        "name": "current",
        "type": "uint64",
        "internalType": "uint64"
      }
    ]
  },
  {
    "type": "error",
    "name": "EffectiveInFuture",
    "inputs": [
      {
        "name": "effectiveAt",
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
    "name": "FeeAboveCap",
    "inputs": [
      {
        "name": "feeBps",
        "type": "uint16",
        "internalType": "uint16"
      },
      {
        "name": "cap",
        "type": "uint16",
        "internalType": "uint16"
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
    "name": "InvalidSignature",
    "inputs": [
      {
        "name": "signer",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "LeaseExhausted",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "internalType": "bytes32"
      },
      {
        "name": "fundedUntil",
        "type": "uint40",
        "internalType": "uint40"
      }
    ]
  },
  {
    "type": "error",
    "name": "LeaseExists",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ]
  },
  {
    "type": "error",
    "name": "LeaseNotOpen",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ]
  },
  {
    "type": "error",
    "name": "NotExhausted",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "internalType": "bytes32"
      },
      {
        "name": "fundedUntil",
        "type": "uint40",
        "internalType": "uint40"
      }
    ]
  },
  {
    "type": "error",
    "name": "NotParty",
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
    "name": "OrderExpired",
    "inputs": [
      {
        "name": "expiresAt",
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
    "name": "RateAboveCeiling",
    "inputs": [
      {
        "name": "rate",
        "type": "uint96",
        "internalType": "uint96"
      },
      {
        "name": "maxRate",
        "type": "uint96",
        "internalType": "uint96"
      }
    ]
  },
  {
    "type": "error",
    "name": "RateIsZero",
    "inputs": []
  },
  {
    "type": "error",
    "name": "ReadyOutOfRange",
    "inputs": [
      {
        "name": "readyAt",
        "type": "uint40",
        "internalType": "uint40"
      },
      {
        "name": "earliest",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "latest",
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
    "name": "TermsMismatch",
    "inputs": [
      {
        "name": "lease",
        "type": "bytes32",
        "internalType": "bytes32"
      }
    ]
  },
  {
    "type": "error",
    "name": "TokenNotAllowed",
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
    "name": "WindowTooLong",
    "inputs": [
      {
        "name": "window",
        "type": "uint32",
        "internalType": "uint32"
      },
      {
        "name": "maximum",
        "type": "uint32",
        "internalType": "uint32"
      }
    ]
  },
  {
    "type": "error",
    "name": "ZeroAddress",
    "inputs": []
  }
] as const;

export const marketBytecode = '0x6101c0806040523461033b5761517e803803809161001d8285610353565b833981019060808183031261033b5761003581610376565b9061004260208201610376565b9060408101519261ffff84169182850361033b576060810151906001600160401b03821161033b57019480601f8701121561033b578551956001600160401b03871161033f578660051b906040519761009e602084018a610353565b885260208089019282010192831161033b57602001905b828210610323575050506040516100cd604082610353565b60048152602081019063536f756b60e01b8252604051916100ef604084610353565b600183526020830191603160f81b8352610108816103b2565b61012052610115846103b2565b61014052519020918260e05251902080610100524660a0526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261017e60c082610353565b5190206080523060c0526001600160a01b03169081151580610311575b15610302576101f481116102ea575061016052610180526101a0525f5b8151811015610235576001600160a01b036101d3828461038a565b51163b156001600160a01b036101e9838561038a565b51169061022357506001906001600160a01b03610206828561038a565b51165f52600260205260405f208260ff19825416179055016101b8565b63094403b760e41b5f5260045260245ffd5b604051614d60908161041e823960805181614c01015260a05181614cb8015260c05181614bd2015260e05181614c5001526101005181614c7601526101205181612496015261014051816124c0015261016051818181610f290152818161236d01528181612e94015261457b015261018051818181610d4e015281816128d101528181612f6a015281816130e10152613e0601526101a051818181610cca01528181613023015281816130b10152613d830152f35b635ccbf4a560e01b5f526004526101f460245260445ffd5b63d92e233d60e01b5f5260045ffd5b506001600160a01b038316151561019b565b6020809161033084610376565b8152019101906100b5565b5f80fd5b634e487b7160e01b5f52604160045260245ffd5b601f909101601f19168101906001600160401b0382119082101761033f57604052565b51906001600160a01b038216820361033b57565b805182101561039e5760209160051b010190565b634e487b7160e01b5f52603260045260245ffd5b601f8151116103dd5760208151910151602082106103ce571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fdfe60806040526004361015610011575f80fd5b5f5f3560e01c806312a62cff1461342257806318cb2b18146133655780631db826c81461304757806324a9d8531461300857806328330c4114612fd257806328b500c714612fb457806347e7ef2414612f8e5780634b38474d14612f4a5780634d80fee3146129a4578063621d2b971461290c57806366ab383d1461289a5780636d6dd92d14612865578063738bdf7b146127a457806376adf7191461266357806384a1089d1461259457806384b0196e1461247c5780638b0d550c1461245e5780638e69ee661461241c578063bb7093f214611ac8578063c0c46f121461118e578063c1b4f5d414611168578063cee44f0414610f6a578063d55be8c614610f4d578063e673df8a14610f09578063e8dc3e0b14610756578063ec93444014610332578063f3fef3a314610307578063f7888aec146102ac578063f9eaee0d1461026f5763ff86248b14610164575f80fd5b346102685760031936016101a0811261026b576101801361026857610184356bffffffffffffffffffffffff811690818103610266576101a2613e60565b6101ab816146c2565b60a435906001600160a01b0382168203610262577fa2b888f58bd686f8c8a05221d397578584f75463e335d21555a572dacf3ddcf0926bffffffffffffffffffffffff610209926102028786604097503390614633565b511661388c565b926bffffffffffffffffffffffff6004359485875260056020526001848820018282167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008254161790558351928352166020820152a280f35b8480fd5b825b80fd5b5080fd5b50346102685760206003193601126102685760ff60406020926001600160a01b03610298613505565b168152600284522054166040519015158152f35b5034610268576040600319360112610268576102c6613505565b90602435916001600160a01b038316830361026b576001600160a01b03918260409216815260036020522091165f52602052602060405f2054604051908152f35b50346102685760406003193601126102685761032f610324613505565b6024359033906142a5565b80f35b5034610268576101806003193601126102685761034d613e60565b61035681614355565b9064ffffffffff421664ffffffffff83166004359181811061072657604084015186929064ffffffffff16801561070c5764ffffffffff61039f915b1683101596866024614035565b6103bd60208701916bffffffffffffffffffffffff83511690614ac0565b928780610702575b6106a0575b9061041a6bffffffffffffffffffffffff946103eb61041f948a6024614035565b81878116828916111561069157610406610412918993613ad3565b9788955b511683613ad3565b995116613ad3565b613ad3565b9460405161042c816136b4565b8481528460208201528460408201526002606082015260606001604051610452816136d0565b87815260208101938452888852600560205260408820905181550191516bffffffffffffffffffffffff80825116167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008454161783556105086bffffffffffffffffffffffff60208301511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015183547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff0000000000000000000000000000000000000000000000001617835501517fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7dff000000000000000000000000000000000000000000000000000000000083549260e81b16911617905560a435916001600160a01b038316830361068d57602435926001600160a01b038416978885036106895784916bffffffffffffffffffffffff6105ed921695869161496c565b6105f985846024613d6e565b50608435976001600160a01b03891698898103610689575085604051966106755750926bffffffffffffffffffffffff809360c09693889660047fda9e169203c16eb0e52e051d4d1396b2731738dd1d0d625b1781e5b8f4cdd6d39a526020880152604087015216606085015260808401521660a0820152a480f35b80634e487b7160e01b602492526021600452fd5b8a80fd5b8880fd5b5050856104128897889561040a565b9060e435936bffffffffffffffffffffffff851692838603610689576103eb6106ee61041a938861041f976bffffffffffffffffffffffff8e819c5051168091105f146106fa575090614ac0565b965050919250506103ca565b905090614ac0565b50889450846103c5565b5061039f64ffffffffff610721610144613ac1565b610392565b60448683857fca71b178000000000000000000000000000000000000000000000000000000008352600452602452fd5b50346102685760031936016102e0811261026b5761018013610268576101007ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe7c3601126102685761028435906001600160a01b0382168203610268576102a43567ffffffffffffffff811161026b576107d3903690600401613556565b906102c43567ffffffffffffffff8111610f05576107f5903690600401613556565b929094610800613e60565b9561080a876146c2565b61081382614772565b6040519460208601917fe94dee15db691791eeb321412419ff64025cbb434f0e5685c99ff9afb883912f83526101843560408801526101a43560608801526101c435948560808901526101e435968760a08a0152610204356bffffffffffffffffffffffff81168091036106895760c08a015261022435946bffffffffffffffffffffffff8616998a8703610f01578a60e0820152610244356bffffffffffffffffffffffff8116809103610ee4576101008201526102643564ffffffffff8116809103610ee457906109049493929161012082015261012081526108fa610140826136ec565b51902080976141ac565b608435936001600160a01b038516850361068d5790610924929185614532565b64ffffffffff4216966109378882613f66565b9064ffffffffff60406109866109786109626bffffffffffffffffffffffff60208701511687613ad3565b956bffffffffffffffffffffffff865116613ad3565b610980613a29565b9061388c565b920151168015610ee857985b6101607fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc36011261068d57604051976109ca89613683565b6024356001600160a01b03811681036106895789526044356001600160a01b03811681036106895760208a01526064356001600160a01b03811681036106895760408a01528560608a015260a435946001600160a01b03861686036106895760808a019186835260c435916bffffffffffffffffffffffff83168303610ee45760a08c0192835260e435906bffffffffffffffffffffffff82168203610ee05760c08d019182526101043563ffffffff81168103610edc5760e08e01526101243564ffffffffff81168103610edc576101008e01526101443564ffffffffff81168103610edc576101208e0152610164359363ffffffff85168503610edc576101408e019485526bffffffffffffffffffffffff610ae66139f2565b1690525052600163ffffffff8251160163ffffffff8111610ec8578b9c8c9897969464ffffffffff610b448e6bffffffffffffffffffffffff999760609763ffffffff6001981690528a610b38613a29565b16610e99575b50613c4f565b92168110610e8c5764ffffffffff905b8760405196610b62886136b4565b169a8b87526020870152166040850152818385015260405190610b84826136d0565b81526020810193845260406004359d8e8152600560205220905181550191518480825116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000845416178355610c248560208301511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015183547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff0000000000000000000000000000000000000000000000001617835501517fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7dff000000000000000000000000000000000000000000000000000000000083549260e81b169116179055169161ffff7f0000000000000000000000000000000000000000000000000000000000000000166127100361ffff8111610e7857612710610d0b61ffff610d14931686613d5b565b0480928461496c565b820390828211610e645791610d736101e09694927fbf01e36ddbeb18979c8b0d5f02aafb1b3ab55be40d3bcf12607dd84c763a39029896947f00000000000000000000000000000000000000000000000000000000000000009061496c565b610e48604051809663ffffffff61014080926001600160a01b0381511685526001600160a01b0360208201511660208601526001600160a01b0360408201511660408601526001600160a01b0360608201511660608601526001600160a01b0360808201511660808601526bffffffffffffffffffffffff60a08201511660a08601526bffffffffffffffffffffffff60c08201511660c08601528260e08201511660e086015264ffffffffff6101008201511661010086015264ffffffffff61012082015116610120860152015116910152565b6101608501526101808401526101a08301526101c0820152a280f35b602489634e487b7160e01b81526011600452fd5b60248a634e487b7160e01b81526011600452fd5b5064ffffffffff89610b54565b6001600160a01b03610ec29151166001600160a01b038351168c610ebb613a29565b1691614633565b5f610b3e565b60248c634e487b7160e01b81526011600452fd5b8e80fd5b8d80fd5b8c80fd5b506101443564ffffffffff8116810361068d5798610992565b8b80fd5b8380fd5b503461026857806003193601126102685760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b503461026857806003193601126102685760206040516101f48152f35b503461026857610f7936613584565b9064ffffffffff6040610f8e87969597613ee4565b015116159485611143575b843595156111175761012085019464ffffffffff610fb687613ac1565b169564ffffffffff8616968710159081611105575b610fd490613ac1565b90156110ca57507fb9fcc127687c54eb9b907c91e914a4545fdda1b22f5d24e407611a1c4b36f8c795936110c0938361101560209895896110649601614140565b50604051888101907fa109fcadc726d0a07beeee494a9c092887b800eef94186730e33eb8170cc2d7782528b60408201528860608201526060815261105b6080826136ec565b519020906141ac565b8587526005845260016040882001907fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff7cffffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b604051908152a280f35b8864ffffffffff606492897fa8c4440c0000000000000000000000000000000000000000000000000000000084526004521660245242604452fd5b4264ffffffffff168811159150610fcb565b602487877fcb7d0ee2000000000000000000000000000000000000000000000000000000008252600452fd5b945064ffffffffff6111586101408601613ac1565b1664ffffffffff42161094610f99565b5034610268576101a0600319360112610268575060206111866143bd565b604051908152f35b50346102685760031936016102a0811261026b576101a0136102685760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe5c360112610268576102443567ffffffffffffffff811161026b576111f5903690600401613556565b6102649291923567ffffffffffffffff811161026657611219903690600401613556565b6102849391933567ffffffffffffffff81116102665761123d903690600401613556565b9490956112486143bd565b9560405195602087017ffecabbbf99a13d8b22c58a8fb803859877eb66ab657b62cfda96a9f5fed206cd81526101a435978860408201526101c4356001600160a01b03811680910361068d5760608201526101e4356bffffffffffffffffffffffff811680910361068d576080820152610204356bffffffffffffffffffffffff811680910361068d5760a08201526102243564ffffffffff811680910361068d5760c082015260c081526112fe60e0826136ec565b51902091888752600560205260ff600160408920015460e81c16611a9c5764ffffffffff42169764ffffffffff611333613a97565b16891161133e613a97565b90611a66575063ffffffff611351613a5e565b1662093a808111611a34575063ffffffff61136a613a72565b16620151808111611a0257506001600160a01b0361138661397a565b168852600460205267ffffffffffffffff6040892054168067ffffffffffffffff6113af61451a565b16146113b961451a565b90156119ca57505089810361199a575064ffffffffff6113d7613aac565b1688116113e2613aac565b9061196457506bffffffffffffffffffffffff6113fd6139bb565b161561193c5761140b6139bb565b6bffffffffffffffffffffffff806114216139d7565b169116119961142e6139bb565b9a6114376139d7565b906118fd57506114ae9798999a50906114589184611453613990565b614532565b61146061397a565b92816118d9575b505060405160208101917f6b7966e00e5d96523d80386b2f172c5bfbe00d67bcccba5cc97b123023a919c9835289604083015260608201526060815261105b6080826136ec565b6114b661397a565b916114bf613938565b906114c861394e565b6114d0613990565b6114d8613964565b6114e06139bb565b906114e96139f2565b926114f2613a5e565b9463ffffffff611500613a72565b1687019764ffffffffff8911610e78576040519a61151d8c613683565b6001600160a01b03168b526001600160a01b031660208b01526001600160a01b031660408a01526001600160a01b031660608901526001600160a01b031660808801526bffffffffffffffffffffffff1660a08701526bffffffffffffffffffffffff1660c086015263ffffffff1660e085015261010084015264ffffffffff16610120830152806101408301526115b3613964565b6115bb61397a565b6115c3613a0e565b6bffffffffffffffffffffffff16906115db92614633565b6115e482613c4f565b6115ec613a0e565b91604051926115fa846136b4565b6bffffffffffffffffffffffff16835280602084015280604084015260608301600190526040519161162b836136d0565b82526020820192835284815260056020526040902090518155600101905180516bffffffffffffffffffffffff166bffffffffffffffffffffffff1682547fffffffffffffffffffffffffffffffffffffffff0000000000000000000000001617825560208101516bffffffffffffffffffffffff166116ef9083907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015182547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff000000000000000000000000000000000000000000000000161782556060015181549060e81b7dff000000000000000000000000000000000000000000000000000000000016907fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1617905561179861397a565b90826117a2613990565b6117aa613a0e565b60405193846118809163ffffffff61014080926001600160a01b0381511685526001600160a01b0360208201511660208601526001600160a01b0360408201511660408601526001600160a01b0360608201511660608601526001600160a01b0360808201511660808601526bffffffffffffffffffffffff60a08201511660a08601526bffffffffffffffffffffffff60c08201511660c08601528260e08201511660e086015264ffffffffff6101008201511661010086015264ffffffffff61012082015116610120860152015116910152565b6bffffffffffffffffffffffff166101608401526001600160a01b0316926001600160a01b0316916101807f931752d9b9b3561aecc70eb6c735b67a51c0cabcac93c0da941d327b4421627a91a4604051908152602090f35b6118ed929350896118e861397a565b6141ac565b6118f5613938565b905f80611467565b7f499157b60000000000000000000000000000000000000000000000000000000089526bffffffffffffffffffffffff8c811660045216602452604488fd5b6004877f88be57d7000000000000000000000000000000000000000000000000000000008152fd5b7f9f3a3b1c00000000000000000000000000000000000000000000000000000000885264ffffffffff1660045242602452604487fd5b876044918b7f19ee41e4000000000000000000000000000000000000000000000000000000008352600452602452fd5b7f7dae937e000000000000000000000000000000000000000000000000000000008a5267ffffffffffffffff16600452602452604488fd5b7f5dd4ba5400000000000000000000000000000000000000000000000000000000895260045262015180602452604488fd5b7f5dd4ba5400000000000000000000000000000000000000000000000000000000895260045262093a80602452604488fd5b7f28ce4db800000000000000000000000000000000000000000000000000000000895264ffffffffff1660045242602452604488fd5b6024878a7f98090ea5000000000000000000000000000000000000000000000000000000008252600452fd5b50346102685760031936016101a0811261026b576101801361026857611aec61352f565b611af4613e60565b6001600160a01b03611b04613938565b1633148015612403575b80156123ea575b15611f8957611b23336140c9565b9064ffffffffff42169264ffffffffff811690848211611f59576101043563ffffffff811690818103611f55575080861115611f4d57611b639086613d3f565b915b64ffffffffff83161115611f455750915b604082015164ffffffffff168015611f2e5764ffffffffff905b1684101593611ba184846024614035565b90611bc060208501926bffffffffffffffffffffffff84511690614ac0565b90878780611f04575b611ea5575b509161041a611c1e92611bf06bffffffffffffffffffffffff95886024614035565b818681168288161115611e9657611c0b611c16918893613ad3565b968795511683613ad3565b975116613ad3565b9360405193611c2c856136b4565b8785528760208601528760408601526002606086015260405194611c4f866136d0565b888652602086019081526060600160043597888c52600560205260408c20905181550191516bffffffffffffffffffffffff80825116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000845416178355611d0d6bffffffffffffffffffffffff60208301511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015183547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff0000000000000000000000000000000000000000000000001617835501517fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7dff000000000000000000000000000000000000000000000000000000000083549260e81b16911617905560a435916001600160a01b038316830361068d57602435926001600160a01b038416978885036106895784916bffffffffffffffffffffffff611df2921695869161496c565b611dfe85846024613d6e565b50608435976001600160a01b038916988981036106895750604051956005811015611e82578652602086015264ffffffffff1660408501526bffffffffffffffffffffffff908116606085015260808401919091521660a08201527fda9e169203c16eb0e52e051d4d1396b2731738dd1d0d625b1781e5b8f4cdd6d39060c090a480f35b60248b634e487b7160e01b81526021600452fd5b505084611c168b96879561040a565b929060e435906bffffffffffffffffffffffff8216808303611f005787516bffffffffffffffffffffffff9650611c1e9561041a94611bf093611ef3938a16908111156106fa575090614ac0565b9450509193505087611bce565b8580fd5b50506005841015611f1a57876002851115611bc9565b602488634e487b7160e01b81526021600452fd5b5064ffffffffff611f40610144613ac1565b611b90565b905091611b76565b508591611b65565b8780fd5b604486837f86c7390800000000000000000000000000000000000000000000000000000000825260045242602452fd5b6084356001600160a01b0381169250828114158061026257833314801561232f575b611fb69033906138fb565b6040830151859164ffffffffff428116921680156123185764ffffffffff905b1682101594611fe783826024614035565b9261200660208301946bffffffffffffffffffffffff86511690614ac0565b878061230e575b6122ba575b6bffffffffffffffffffffffff9461041a6120619261203385876024614035565b81898116828b1611156122ab5761204e612059918b93613ad3565b998a95511683613ad3565b965116613ad3565b966040519661206f886136b4565b8688528660208901528660408901526002606089015260405197612092896136d0565b87895260208901908152606060016004359a8b8b52600560205260408b20905181550191516bffffffffffffffffffffffff80825116167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008454161783556121506bffffffffffffffffffffffff60208301511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015183547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff0000000000000000000000000000000000000000000000001617835501517fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7dff000000000000000000000000000000000000000000000000000000000083549260e81b16911617905560a435946001600160a01b0386168603610f0157602435956001600160a01b0387169a8b8803610ee05787916bffffffffffffffffffffffff612235921698899161496c565b61224188876024613d6e565b50610689575085604051966106755750926bffffffffffffffffffffffff809360c09693889660037fda9e169203c16eb0e52e051d4d1396b2731738dd1d0d625b1781e5b8f4cdd6d39a526020880152604087015216606085015260808401521660a0820152a480f35b5050876120598a998a9561040a565b60e435946bffffffffffffffffffffffff861695868103610f015761230461206193826bffffffffffffffffffffffff9961041a94508a8951168091105f146106fa575090614ac0565b9250509450612012565b508995508561200d565b5064ffffffffff61232a610144613ac1565b611fd6565b50506040517f16053fb10000000000000000000000000000000000000000000000000000000081523360048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156123df5785916123b0575b505f906001600160a01b03168414611fab565b6123d2915060203d6020116123d8575b6123ca81836136ec565b810190614286565b5f61239d565b503d6123c0565b6040513d87823e3d90fd5b506001600160a01b036123fb613964565b163314611b15565b506001600160a01b0361241461394e565b163314611b0e565b50346102685760206003193601126102685767ffffffffffffffff60406020926001600160a01b0361244c613505565b16815260048452205416604051908152f35b50346102685780600319360112610268576020604051620151808152f35b5034610268578060031936011261026857612538906124ba7f0000000000000000000000000000000000000000000000000000000000000000614b71565b906124e47f0000000000000000000000000000000000000000000000000000000000000000614b71565b906020612546604051936124f883866136ec565b8385525f3681376040519687967f0f00000000000000000000000000000000000000000000000000000000000000885260e08589015260e08801906135ea565b9086820360408801526135ea565b904660608601523060808601528260a086015284820360c08601528080855193848152019401925b82811061257d57505050500390f35b83518552869550938101939281019260010161256e565b50346102685760a06003193601126102685760405160208101907ffecabbbf99a13d8b22c58a8fb803859877eb66ab657b62cfda96a9f5fed206cd825260043560408201526024356001600160a01b038116809103610f055760608201526044356bffffffffffffffffffffffff8116809103610f055760808201526064356bffffffffffffffffffffffff8116809103610f055760a082015260843564ffffffffff8116809103610f05576020935060c082015260c0815261265860e0826136ec565b519020604051908152f35b5034610268576003193601610160811261026b5761016013610268576040519061268c82613683565b6004356001600160a01b038116810361026b5782526024356001600160a01b038116810361026b5760208301526044356001600160a01b038116810361026b5760408301526064356001600160a01b038116810361026b5760608301526084356001600160a01b038116810361026b57608083015260a4356bffffffffffffffffffffffff8116810361026b5760a083015260c4356bffffffffffffffffffffffff8116810361026b5760c083015260e43563ffffffff8116810361026b5760e08301526101043564ffffffffff8116810361026b576101008301526101243564ffffffffff8116810361026b57610120830152610144359063ffffffff821682036102685760206111868484610140820152613c4f565b503461026857610180600319360112610268576127bf613e60565b90610104359163ffffffff831680840361026657602093504264ffffffffff168181111561284e5761280a6128026bffffffffffffffffffffffff938793613d3f565b846024614035565b925b01511690816bffffffffffffffffffffffff8216115f14612847576128319250613ad3565b6bffffffffffffffffffffffff60405191168152f35b5050612831565b50506bffffffffffffffffffffffff83839261280c565b5034610268576101806003193601126102685750602061288b612886613e60565b614355565b64ffffffffff60405191168152f35b50346102685760206003193601126102685760209061118660406128bc613505565b926001600160a01b03841681526003855220917f0000000000000000000000000000000000000000000000000000000000000000926001600160a01b0384165f52845260405f20549283916142a5565b50346102685760206003193601126102685760a0906129516040600435926129326138d7565b5083815260056020526001828220019381526005602052205491613752565b9060ff6060604051936bffffffffffffffffffffffff81511685526bffffffffffffffffffffffff602082015116602086015264ffffffffff604082015116604086015201511660608301526080820152f35b5034610268576129b336613584565b6129c08592939495613ee4565b9160208101926129d08685614140565b9564ffffffffff42169364ffffffffff891696858811612f1a5790612a6d9163ffffffff612a016101008801613a86565b1680881115612f1357612a149088613d3f565b64ffffffffff81168a1015612f0b57935b86359960405160208101917f4186b4fdfff414f35f7ef91bc60c68963bc6dbbb7688acf5c77cecd9b50b8ebb83528c604083015260608201526060815261105b6080826136ec565b60808301976001600160a01b03612a838a6139a7565b163314918215612e56575b8215612e4e5750905b159464ffffffffff612aa98483614946565b1685101595612ab9838584614035565b90612ad860208601926bffffffffffffffffffffffff84511690614ac0565b968c8980612e24575b612dd7575b50612af388918786614035565b9180612db2575b15612da757612b0891613ad3565b9586915b516bffffffffffffffffffffffff16612b259082613ad3565b94516bffffffffffffffffffffffff1690612b3f91613ad3565b90612b4991613ad3565b93604051612b56816136b4565b8b81528b60208201528b60408201526060810160029052604051612b79816136d0565b8c815260208101918252898d52600560205260408d2090518155600101905180516bffffffffffffffffffffffff166bffffffffffffffffffffffff1682547fffffffffffffffffffffffffffffffffffffffff0000000000000000000000001617825560208101516bffffffffffffffffffffffff16612c3e9083907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015182547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff000000000000000000000000000000000000000000000000161782556060015181549060e81b7dff000000000000000000000000000000000000000000000000000000000016907fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1617905560a001612ceb906139a7565b612cf4826139a7565b946bffffffffffffffffffffffff168095612d0e9261496c565b612d19858483613d6e565b612d22906139a7565b97612d2c906139a7565b94604051976005811015611e8257946001600160a01b03946bffffffffffffffffffffffff869564ffffffffff7fda9e169203c16eb0e52e051d4d1396b2731738dd1d0d625b1781e5b8f4cdd6d39a96839660208f60c09d815201521660408d01521660608b015260808a01521660a088015216951693a480f35b50508a958691612b0c565b506bffffffffffffffffffffffff81166bffffffffffffffffffffffff831611612afa565b612af398612e1c91612deb60e08b01613a45565b906bffffffffffffffffffffffff8a51169050806bffffffffffffffffffffffff8316105f146106fa575090614ac0565b97508c612ae6565b505060058b1015612e3a578c60028c1115612ae1565b60248d634e487b7160e01b81526021600452fd5b905090612a97565b91506040517f16053fb10000000000000000000000000000000000000000000000000000000081523360048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115612f00578b91612ee1575b506001600160a01b0380612ed78c6139a7565b1691161491612a8e565b612efa915060203d6020116123d8576123ca81836136ec565b5f612ec4565b6040513d8d823e3d90fd5b508a93612a25565b508b612a14565b60448b897f86c7390800000000000000000000000000000000000000000000000000000000825260045242602452fd5b503461026857806003193601126102685760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346102685760406003193601126102685761032f612fab613505565b60243590613afd565b5034610268578060031936011261026857602060405162093a808152f35b50346102685760031936016101a0811261026b5761018013610268576020612831612ffb61352f565b613003613e60565b613f66565b5034610268578060031936011261026857602060405161ffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346102685760206003193601126102685760043567ffffffffffffffff811161026b573660238201121561026b57806004013567ffffffffffffffff8111610266576024820191602436916101808402010111610266578291839164ffffffffff42169061ffff7f000000000000000000000000000000000000000000000000000000000000000016612710039261ffff8085119416937f00000000000000000000000000000000000000000000000000000000000000005b83871061311357602088604051908152f35b9091929394959661312588868661372d565b358952600560205260408920906001820161313f81613752565b92600160ff606086015116149081159161333b575b50613330576131648a888861372d565b8863ffffffff6131776101008401613a86565b16918583831115613323576020613192819561319995613d3f565b9201614035565b935b01926bffffffffffffffffffffffff845116806bffffffffffffffffffffffff8316115f1461331b576131cd91613ad3565b6bffffffffffffffffffffffff811693841561330e5761324892916bffffffffffffffffffffffff61320092511661388c565b7fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b836132548a888861372d565b906132fa576132946127106132698b86613d5b565b049161328f8360a08301926132896080613282866139a7565b92016139a7565b9061496c565b6139a7565b90830390838211610ec857916132b160019492866132ec9561496c565b6132bc8b898961372d565b357f1d683ab5edb58cda1a70e13b37008251d7cf2c51f4a447a581b7ddfe8d8dbb586020604051858152a26138ca565b975b01959493929190613101565b60248b634e487b7160e01b81526011600452fd5b50505097600191506132ee565b50508a6131cd565b5050505060208b9361319b565b5097600191506132ee565b54905061335d6133583660206133528f8d8d61372d565b016137b7565b613c4f565b14155f613154565b50346102685780600319360112610268573381526004602052604081209081549067ffffffffffffffff82169067ffffffffffffffff821461340e5760207fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000858567ffffffffffffffff6001870116928391161790556040518181527f663b0e6449820c633f6d9d194944ccc40e3633c1bcb8878cf728c2713ccae7e7833392a2604051908152f35b80634e487b7160e01b602492526011600452fd5b50346135015760c06003193601126135015761343c613505565b9060243560643560ff8116809103613501576001600160a01b03841690815f5260026020526134728560ff60405f205416613646565b813b15613501575f9160e4839260405194859384927fd505accf0000000000000000000000000000000000000000000000000000000084523360048501523060248501528860448501526044356064850152608484015260843560a484015260a43560c48401525af16134eb575b5061032f9192613afd565b61032f92505f6134fa916136ec565b5f916134e0565b5f80fd5b600435906001600160a01b038216820361350157565b35906001600160a01b038216820361350157565b610184359064ffffffffff8216820361350157565b359064ffffffffff8216820361350157565b9181601f840112156135015782359167ffffffffffffffff8311613501576020838186019501011161350157565b9060031982016101e081126135015761018013613501576004916101843564ffffffffff8116810361350157916101a4356001600160a01b038116810361350157916101c4359067ffffffffffffffff8211613501576135e691600401613556565b9091565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b35906bffffffffffffffffffffffff8216820361350157565b1561364e5750565b6001600160a01b03907f94403b70000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b610160810190811067ffffffffffffffff8211176136a057604052565b634e487b7160e01b5f52604160045260245ffd5b6080810190811067ffffffffffffffff8211176136a057604052565b6040810190811067ffffffffffffffff8211176136a057604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff8211176136a057604052565b919081101561373e57610180020190565b634e487b7160e01b5f52603260045260245ffd5b9060405161375f816136b4565b606060ff8294546bffffffffffffffffffffffff811684526bffffffffffffffffffffffff81841c16602085015264ffffffffff8160c01c16604085015260e81c16910152565b359063ffffffff8216820361350157565b919082610160910312613501576040516137d081613683565b6101406138878183956137e28161351b565b85526137f06020820161351b565b60208601526138016040820161351b565b60408601526138126060820161351b565b60608601526138236080820161351b565b608086015261383460a0820161362d565b60a086015261384560c0820161362d565b60c086015261385660e082016137a6565b60e08601526138686101008201613544565b61010086015261387b6101208201613544565b610120860152016137a6565b910152565b906bffffffffffffffffffffffff809116911601906bffffffffffffffffffffffff82116138b657565b634e487b7160e01b5f52601160045260245ffd5b919082018092116138b657565b604051906138e4826136b4565b5f6060838281528260208201528260408201520152565b156139035750565b6001600160a01b03907f20b9b340000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6024356001600160a01b03811681036135015790565b6044356001600160a01b03811681036135015790565b6064356001600160a01b03811681036135015790565b6004356001600160a01b03811681036135015790565b6101c4356001600160a01b03811681036135015790565b356001600160a01b03811681036135015790565b6101e4356bffffffffffffffffffffffff811681036135015790565b60c4356bffffffffffffffffffffffff811681036135015790565b610204356bffffffffffffffffffffffff811681036135015790565b60e4356bffffffffffffffffffffffff811681036135015790565b610244356bffffffffffffffffffffffff811681036135015790565b356bffffffffffffffffffffffff811681036135015790565b6101043563ffffffff811681036135015790565b6101243563ffffffff811681036135015790565b3563ffffffff811681036135015790565b6101443564ffffffffff811681036135015790565b6102243564ffffffffff811681036135015790565b3564ffffffffff811681036135015790565b906bffffffffffffffffffffffff809116911603906bffffffffffffffffffffffff82116138b657565b90613b216001600160a01b03831692835f52600260205260ff60405f205416613646565b8015613c2757815f52600360205260405f206001600160a01b0333165f5260205260405f20613b518282546138ca565b90556040518181523390837f4174a9435a04d04d274c76779cad136a41fde6937c56241c09ab9d3c7064a1a960203393a4604051907f23b872dd000000000000000000000000000000000000000000000000000000005f52336004523060245260445260205f60648180865af19060015f5114821615613c06575b6040525f60605215613bdb5750565b7f5274afe7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b906001811516613c1e57823b15153d15161690613bcc565b503d5f823e3d90fd5b7f43ad20fc000000000000000000000000000000000000000000000000000000005f5260045ffd5b604051613d2860208201809363ffffffff61014080926001600160a01b0381511685526001600160a01b0360208201511660208601526001600160a01b0360408201511660408601526001600160a01b0360608201511660608601526001600160a01b0360808201511660808601526bffffffffffffffffffffffff60a08201511660a08601526bffffffffffffffffffffffff60c08201511660c08601528260e08201511660e086015264ffffffffff6101008201511661010086015264ffffffffff61012082015116610120860152015116910152565b6101608152613d39610180826136ec565b51902090565b9064ffffffffff8091169116039064ffffffffff82116138b657565b818102929181159184041417156138b657565b906bffffffffffffffffffffffff169161ffff7f0000000000000000000000000000000000000000000000000000000000000000166127100361ffff81116138b657612710613dc461ffff613ddd931686613d5b565b049261328f8460808301926132896060613282866139a7565b9183039283116138b657613e2b926bffffffffffffffffffffffff613e039216906138ca565b907f00000000000000000000000000000000000000000000000000000000000000009061496c565b565b15613e355750565b7f65340458000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b613e686138d7565b5060043590815f526005602052613e84600160405f2001613752565b91600160ff60608501511603613eb95780613e2b915f52600560205260405f2054613eb36133583660246137b7565b14613e2d565b7f41eda04d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b90613eed6138d7565b508135805f526005602052613f07600160405f2001613752565b92600160ff60608601511603613f3a5790613e2b91815f526005602052613eb361335860405f20549260203691016137b7565b507f41eda04d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b604081015164ffffffffff168015614016576bffffffffffffffffffffffff90915b511660c435926bffffffffffffffffffffffff8416938481036135015780613fb39150829385614aef565b9064ffffffffff80831691161161400e575b5064ffffffffff82811690821611613fde575050505f90565b6bffffffffffffffffffffffff9264ffffffffff614002610e109461400994613d3f565b1690613d5b565b041690565b90505f613fc5565b506bffffffffffffffffffffffff61402f610144613ac1565b91613f88565b9061405c60a06bffffffffffffffffffffffff6140528486614946565b9351169301613a45565b9261406984829484614aef565b9064ffffffffff8083169116116140c1575b5064ffffffffff81811690831611614094575050505f90565b6bffffffffffffffffffffffff928364ffffffffff6140b961400994610e1096613d3f565b169116613d5b565b91505f61407b565b602435906001600160a01b0382169182810361350157506001600160a01b03811691821461413a576044356001600160a01b038116908181036135015750821461413357606435916001600160a01b038316908184036135015761412e9350146138fb565b600290565b5050600190565b50505f90565b906001600160a01b03614152836139a7565b166001600160a01b0382169081146141a5576001600160a01b03614178602085016139a7565b16811461419d576001600160a01b03614196604061412e95016139a7565b16146138fb565b505050600190565b5050505f90565b92906042906141b9614bc8565b90604051917f190100000000000000000000000000000000000000000000000000000000000083526002830152602282015220916141f88282856149ac565b5060048110156142725715908161425c575b506142565761421992846149e0565b156142215750565b6001600160a01b03907fd855c4f4000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b50505050565b90506001600160a01b038086169116145f61420a565b634e487b7160e01b5f52602160045260245ffd5b9081602091031261350157516001600160a01b03811681036135015790565b6001600160a01b0380919392936142bd848683614633565b1692169081837fd1c19fbcd4551a5edfb66d43d2e337c04837afda3482b42bdf569a8fccdae5fb6020604051858152a3604051917fa9059cbb000000000000000000000000000000000000000000000000000000005f5260045260245260205f60448180865af19060015f511482161561433d575b60405215613bdb5750565b906001811516613c1e57823b15153d15161690614332565b604081015164ffffffffff16801561439e576bffffffffffffffffffffffff90915b511660c435906bffffffffffffffffffffffff821682036135015761439b92614aef565b90565b506bffffffffffffffffffffffff6143b7610144613ac1565b91614377565b60405160208101907fd53ffa88e028fd0f9e06cc17c6c501b2b599f35e68c7de62bf022ffa673d0f5d82526004356001600160a01b0381168091036135015760408201526024356001600160a01b0381168091036135015760608201526044356001600160a01b0381168091036135015760808201526064356001600160a01b0381168091036135015760a082015260843560c082015260a43560e082015260c4356bffffffffffffffffffffffff81168091036135015761010082015260e4356bffffffffffffffffffffffff8116809103613501576101208201526101043563ffffffff8116809103613501576101408201526101243563ffffffff8116809103613501576101608201526101443564ffffffffff8116809103613501576101808201526101643567ffffffffffffffff8116809103613501576101a0820152610184356101c08201526101c08152613d396101e0826136ec565b6101643567ffffffffffffffff811681036135015790565b9291906001600160a01b03604051947f4c3135d8000000000000000000000000000000000000000000000000000000008652168060048601526020856024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa948515614628575f95614607575b506001600160a01b0385169081156145dc575033036145ca5750505050565b6145d3936141ac565b5f808080614256565b7fe356d5aa000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b61462191955060203d6020116123d8576123ca81836136ec565b935f6145ab565b6040513d5f823e3d90fd5b9190918115613c27576001600160a01b031691825f52600360205260405f206001600160a01b0382165f5260205260405f205492828410614692575f5260036020526001600160a01b0360405f2091165f5260205260405f2091039055565b82847ffbe9dd4e000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b604081015164ffffffffff168015614753576bffffffffffffffffffffffff90915b51169060c4356bffffffffffffffffffffffff811681036135015764ffffffffff9261470f92614aef565b168064ffffffffff421610156147225750565b7ff61d23dd000000000000000000000000000000000000000000000000000000005f5260043560045260245260445ffd5b506bffffffffffffffffffffffff61476c610144613ac1565b916146e4565b6102643564ffffffffff81169081810361350157508064ffffffffff42161161491757506147ac600435806101843514806148ff57613e2d565b610204356bffffffffffffffffffffffff8116908181036135015781156148d757602435926001600160a01b0384169384810361350157506001600160a01b03811693841461425657604435906001600160a01b03821680830361350157614816925085146138fb565b5060c435906bffffffffffffffffffffffff8216918281036135015750111580614897575b80614874575b156148495750565b7f0f328e4a000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50610244356bffffffffffffffffffffffff811690818103613501575015614841565b50610224356bffffffffffffffffffffffff811690818103613501575060e435906bffffffffffffffffffffffff8216918281036135015750111561483b565b7f88be57d7000000000000000000000000000000000000000000000000000000005f5260045ffd5b50805f52600560205260405f20546101a43514613e2d565b7f93ab0f34000000000000000000000000000000000000000000000000000000005f526004524260245260445ffd5b60409091015164ffffffffff1690811561495e575090565b61439b915061012001613ac1565b8261497657505050565b6001600160a01b03165f5260036020526001600160a01b0360405f2091165f526020526149a860405f209182546138ca565b9055565b90604183036149d6576149cf9250602081013591604082359201355f1a90614cde565b9192909190565b50505f9160029190565b929190833b614a1d57906149f492916149ac565b50600481101561427257159182614a0a57505090565b6001600160a01b03919250811691161490565b60647fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f855f9660209896604051967f1626ba7e0000000000000000000000000000000000000000000000000000000088526004880152604060248801528160448801528587013786848287010152011601915afa7f1626ba7e000000000000000000000000000000000000000000000000000000005f5114601f3d11161690565b906bffffffffffffffffffffffff81166bffffffffffffffffffffffff8316115f14614aea575090565b905090565b906bffffffffffffffffffffffff1691610e10830292808404610e1014901517156138b6576bffffffffffffffffffffffff16918215614b5d57614b3c9264ffffffffff910491166138ca565b64ffffffffff811015614b535764ffffffffff1690565b5064ffffffffff90565b634e487b7160e01b5f52601260045260245ffd5b60ff811690601f8211614ba05760405191614b8d6040846136ec565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016301480614cb5575b15614c23577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a08152613d3960c0826136ec565b507f00000000000000000000000000000000000000000000000000000000000000004614614bfa565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411614d55579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15614628575f516001600160a01b03811615614d4b57905f905f90565b505f906001905f90565b5050505f916003919056' as const;
