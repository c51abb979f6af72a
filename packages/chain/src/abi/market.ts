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

export const marketBytecode = '0x6101c0806040523461033257615172803803809161001d828561034a565b8339810190608081830312610332576100358161036d565b6100416020830161036d565b9160408101519161ffff831691828403610332576060810151906001600160401b03821161033257019480601f87011215610332578551956001600160401b038711610336578660051b906040519761009d602084018a61034a565b885260208089019282010192831161033257602001905b82821061031a57505050604051936100cd60408661034a565b60048552602085019063536f756b60e01b8252604051916100ef60408461034a565b60018352603160f81b60208401908152916001600160a01b0381161561030b576080525f5b8851811015610190576001600160a01b0361012f828b610381565b51163b156001600160a01b03610145838c610381565b51169061017e57506001906001600160a01b03610162828c610381565b51165f525f60205260405f208260ff1982541617905501610114565b63094403b760e41b5f5260045260245ffd5b508661019b816103a9565b610140526101a8846103a9565b6101605251902091826101005251902080610120524660c0526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261021260c08261034a565b51902060a0523060e0526001600160a01b031690811561030b576101f481116102f35750610180526101a052604051614d5d90816104158239608051818181610d4d015281816128d001528181612f69015281816130e00152613e03015260a05181614bfe015260c05181614cb5015260e05181614bcf01526101005181614c4d01526101205181614c7301526101405181612495015261016051816124bf015261018051818181610f280152818161236c01528181612e93015261457801526101a051818181610cc901528181613022015281816130b00152613d800152f35b635ccbf4a560e01b5f526004526101f460245260445ffd5b63d92e233d60e01b5f5260045ffd5b602080916103278461036d565b8152019101906100b4565b5f80fd5b634e487b7160e01b5f52604160045260245ffd5b601f909101601f19168101906001600160401b0382119082101761033657604052565b51906001600160a01b038216820361033257565b80518210156103955760209160051b010190565b634e487b7160e01b5f52603260045260245ffd5b601f8151116103d45760208151910151602082106103c5571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fdfe60806040526004361015610011575f80fd5b5f5f3560e01c806312a62cff1461342157806318cb2b18146133645780631db826c81461304657806324a9d8531461300757806328330c4114612fd157806328b500c714612fb357806347e7ef2414612f8d5780634b38474d14612f495780634d80fee3146129a3578063621d2b971461290b57806366ab383d146128995780636d6dd92d14612864578063738bdf7b146127a357806376adf7191461266257806384a1089d1461259357806384b0196e1461247b5780638b0d550c1461245d5780638e69ee661461241b578063bb7093f214611ac7578063c0c46f121461118d578063c1b4f5d414611167578063cee44f0414610f69578063d55be8c614610f4c578063e673df8a14610f08578063e8dc3e0b14610755578063ec93444014610331578063f3fef3a314610306578063f7888aec146102ab578063f9eaee0d1461026f5763ff86248b14610164575f80fd5b346102685760031936016101a0811261026b576101801361026857610184356bffffffffffffffffffffffff811690818103610266576101a2613e5d565b6101ab816146bf565b60a435906001600160a01b0382168203610262577fa2b888f58bd686f8c8a05221d397578584f75463e335d21555a572dacf3ddcf0926bffffffffffffffffffffffff610209926102028786604097503390614630565b511661388a565b926bffffffffffffffffffffffff6004359485875260056020526001848820018282167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008254161790558351928352166020820152a280f35b8480fd5b825b80fd5b5080fd5b50346102685760206003193601126102685760ff60406020926001600160a01b03610298613503565b1681528084522054166040519015158152f35b5034610268576040600319360112610268576102c5613503565b90602435916001600160a01b038316830361026b576001600160a01b03918260409216815260016020522091165f52602052602060405f2054604051908152f35b50346102685760406003193601126102685761032e610323613503565b6024359033906142a2565b80f35b5034610268576101806003193601126102685761034c613e5d565b61035581614352565b9064ffffffffff421664ffffffffff83166004359181811061072557604084015186929064ffffffffff16801561070b5764ffffffffff61039e915b1683101596866024614032565b6103bc60208701916bffffffffffffffffffffffff83511690614abd565b928780610701575b61069f575b906104196bffffffffffffffffffffffff946103ea61041e948a6024614032565b81878116828916111561069057610405610411918993613ad1565b9788955b511683613ad1565b995116613ad1565b613ad1565b9460405161042b816136b2565b8481528460208201528460408201526002606082015260606001604051610451816136ce565b87815260208101938452888852600560205260408820905181550191516bffffffffffffffffffffffff80825116167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008454161783556105076bffffffffffffffffffffffff60208301511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015183547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff0000000000000000000000000000000000000000000000001617835501517fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7dff000000000000000000000000000000000000000000000000000000000083549260e81b16911617905560a435916001600160a01b038316830361068c57602435926001600160a01b038416978885036106885784916bffffffffffffffffffffffff6105ec9216958691614969565b6105f885846024613d6b565b50608435976001600160a01b03891698898103610688575085604051966106745750926bffffffffffffffffffffffff809360c09693889660047fda9e169203c16eb0e52e051d4d1396b2731738dd1d0d625b1781e5b8f4cdd6d39a526020880152604087015216606085015260808401521660a0820152a480f35b80634e487b7160e01b602492526021600452fd5b8a80fd5b8880fd5b50508561041188978895610409565b9060e435936bffffffffffffffffffffffff851692838603610688576103ea6106ed610419938861041e976bffffffffffffffffffffffff8e819c5051168091105f146106f9575090614abd565b965050919250506103c9565b905090614abd565b50889450846103c4565b5061039e64ffffffffff610720610144613abf565b610391565b60448683857fca71b178000000000000000000000000000000000000000000000000000000008352600452602452fd5b50346102685760031936016102e0811261026b5761018013610268576101007ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe7c3601126102685761028435906001600160a01b0382168203610268576102a43567ffffffffffffffff811161026b576107d2903690600401613554565b906102c43567ffffffffffffffff8111610f04576107f4903690600401613554565b9290946107ff613e5d565b95610809876146bf565b6108128261476f565b6040519460208601917fe94dee15db691791eeb321412419ff64025cbb434f0e5685c99ff9afb883912f83526101843560408801526101a43560608801526101c435948560808901526101e435968760a08a0152610204356bffffffffffffffffffffffff81168091036106885760c08a015261022435946bffffffffffffffffffffffff8616998a8703610f00578a60e0820152610244356bffffffffffffffffffffffff8116809103610ee3576101008201526102643564ffffffffff8116809103610ee357906109039493929161012082015261012081526108f9610140826136ea565b51902080976141a9565b608435936001600160a01b038516850361068c579061092392918561452f565b64ffffffffff4216966109368882613f63565b9064ffffffffff60406109856109776109616bffffffffffffffffffffffff60208701511687613ad1565b956bffffffffffffffffffffffff865116613ad1565b61097f613a27565b9061388a565b920151168015610ee757985b6101607fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc36011261068c57604051976109c989613681565b6024356001600160a01b03811681036106885789526044356001600160a01b03811681036106885760208a01526064356001600160a01b03811681036106885760408a01528560608a015260a435946001600160a01b03861686036106885760808a019186835260c435916bffffffffffffffffffffffff83168303610ee35760a08c0192835260e435906bffffffffffffffffffffffff82168203610edf5760c08d019182526101043563ffffffff81168103610edb5760e08e01526101243564ffffffffff81168103610edb576101008e01526101443564ffffffffff81168103610edb576101208e0152610164359363ffffffff85168503610edb576101408e019485526bffffffffffffffffffffffff610ae56139f0565b1690525052600163ffffffff8251160163ffffffff8111610ec7578b9c8c9897969464ffffffffff610b438e6bffffffffffffffffffffffff999760609763ffffffff6001981690528a610b37613a27565b16610e98575b50613c4c565b92168110610e8b5764ffffffffff905b8760405196610b61886136b2565b169a8b87526020870152166040850152818385015260405190610b83826136ce565b81526020810193845260406004359d8e8152600560205220905181550191518480825116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000845416178355610c238560208301511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015183547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff0000000000000000000000000000000000000000000000001617835501517fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7dff000000000000000000000000000000000000000000000000000000000083549260e81b169116179055169161ffff7f0000000000000000000000000000000000000000000000000000000000000000166127100361ffff8111610e7757612710610d0a61ffff610d13931686613d58565b04809284614969565b820390828211610e635791610d726101e09694927fbf01e36ddbeb18979c8b0d5f02aafb1b3ab55be40d3bcf12607dd84c763a39029896947f000000000000000000000000000000000000000000000000000000000000000090614969565b610e47604051809663ffffffff61014080926001600160a01b0381511685526001600160a01b0360208201511660208601526001600160a01b0360408201511660408601526001600160a01b0360608201511660608601526001600160a01b0360808201511660808601526bffffffffffffffffffffffff60a08201511660a08601526bffffffffffffffffffffffff60c08201511660c08601528260e08201511660e086015264ffffffffff6101008201511661010086015264ffffffffff61012082015116610120860152015116910152565b6101608501526101808401526101a08301526101c0820152a280f35b602489634e487b7160e01b81526011600452fd5b60248a634e487b7160e01b81526011600452fd5b5064ffffffffff89610b53565b6001600160a01b03610ec19151166001600160a01b038351168c610eba613a27565b1691614630565b5f610b3d565b60248c634e487b7160e01b81526011600452fd5b8e80fd5b8d80fd5b8c80fd5b506101443564ffffffffff8116810361068c5798610991565b8b80fd5b8380fd5b503461026857806003193601126102685760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b503461026857806003193601126102685760206040516101f48152f35b503461026857610f7836613582565b9064ffffffffff6040610f8d87969597613ee1565b015116159485611142575b843595156111165761012085019464ffffffffff610fb587613abf565b169564ffffffffff8616968710159081611104575b610fd390613abf565b90156110c957507fb9fcc127687c54eb9b907c91e914a4545fdda1b22f5d24e407611a1c4b36f8c795936110bf93836110146020989589611063960161413d565b50604051888101907fa109fcadc726d0a07beeee494a9c092887b800eef94186730e33eb8170cc2d7782528b60408201528860608201526060815261105a6080826136ea565b519020906141a9565b8587526005845260016040882001907fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff7cffffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b604051908152a280f35b8864ffffffffff606492897fa8c4440c0000000000000000000000000000000000000000000000000000000084526004521660245242604452fd5b4264ffffffffff168811159150610fca565b602487877fcb7d0ee2000000000000000000000000000000000000000000000000000000008252600452fd5b945064ffffffffff6111576101408601613abf565b1664ffffffffff42161094610f98565b5034610268576101a0600319360112610268575060206111856143ba565b604051908152f35b50346102685760031936016102a0811261026b576101a0136102685760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe5c360112610268576102443567ffffffffffffffff811161026b576111f4903690600401613554565b6102649291923567ffffffffffffffff811161026657611218903690600401613554565b6102849391933567ffffffffffffffff81116102665761123c903690600401613554565b9490956112476143ba565b9560405195602087017ffecabbbf99a13d8b22c58a8fb803859877eb66ab657b62cfda96a9f5fed206cd81526101a435978860408201526101c4356001600160a01b03811680910361068c5760608201526101e4356bffffffffffffffffffffffff811680910361068c576080820152610204356bffffffffffffffffffffffff811680910361068c5760a08201526102243564ffffffffff811680910361068c5760c082015260c081526112fd60e0826136ea565b51902091888752600560205260ff600160408920015460e81c16611a9b5764ffffffffff42169764ffffffffff611332613a95565b16891161133d613a95565b90611a65575063ffffffff611350613a5c565b1662093a808111611a33575063ffffffff611369613a70565b16620151808111611a0157506001600160a01b03611385613978565b168852600460205267ffffffffffffffff6040892054168067ffffffffffffffff6113ae614517565b16146113b8614517565b90156119c9575050898103611999575064ffffffffff6113d6613aaa565b1688116113e1613aaa565b9061196357506bffffffffffffffffffffffff6113fc6139b9565b161561193b5761140a6139b9565b6bffffffffffffffffffffffff806114206139d5565b169116119961142d6139b9565b9a6114366139d5565b906118fc57506114ad9798999a5090611457918461145261398e565b61452f565b61145f613978565b92816118d8575b505060405160208101917f6b7966e00e5d96523d80386b2f172c5bfbe00d67bcccba5cc97b123023a919c9835289604083015260608201526060815261105a6080826136ea565b6114b5613978565b916114be613936565b906114c761394c565b6114cf61398e565b6114d7613962565b6114df6139b9565b906114e86139f0565b926114f1613a5c565b9463ffffffff6114ff613a70565b1687019764ffffffffff8911610e77576040519a61151c8c613681565b6001600160a01b03168b526001600160a01b031660208b01526001600160a01b031660408a01526001600160a01b031660608901526001600160a01b031660808801526bffffffffffffffffffffffff1660a08701526bffffffffffffffffffffffff1660c086015263ffffffff1660e085015261010084015264ffffffffff16610120830152806101408301526115b2613962565b6115ba613978565b6115c2613a0c565b6bffffffffffffffffffffffff16906115da92614630565b6115e382613c4c565b6115eb613a0c565b91604051926115f9846136b2565b6bffffffffffffffffffffffff16835280602084015280604084015260608301600190526040519161162a836136ce565b82526020820192835284815260056020526040902090518155600101905180516bffffffffffffffffffffffff166bffffffffffffffffffffffff1682547fffffffffffffffffffffffffffffffffffffffff0000000000000000000000001617825560208101516bffffffffffffffffffffffff166116ee9083907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015182547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff000000000000000000000000000000000000000000000000161782556060015181549060e81b7dff000000000000000000000000000000000000000000000000000000000016907fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff16179055611797613978565b90826117a161398e565b6117a9613a0c565b604051938461187f9163ffffffff61014080926001600160a01b0381511685526001600160a01b0360208201511660208601526001600160a01b0360408201511660408601526001600160a01b0360608201511660608601526001600160a01b0360808201511660808601526bffffffffffffffffffffffff60a08201511660a08601526bffffffffffffffffffffffff60c08201511660c08601528260e08201511660e086015264ffffffffff6101008201511661010086015264ffffffffff61012082015116610120860152015116910152565b6bffffffffffffffffffffffff166101608401526001600160a01b0316926001600160a01b0316916101807f931752d9b9b3561aecc70eb6c735b67a51c0cabcac93c0da941d327b4421627a91a4604051908152602090f35b6118ec929350896118e7613978565b6141a9565b6118f4613936565b905f80611466565b7f499157b60000000000000000000000000000000000000000000000000000000089526bffffffffffffffffffffffff8c811660045216602452604488fd5b6004877f88be57d7000000000000000000000000000000000000000000000000000000008152fd5b7f9f3a3b1c00000000000000000000000000000000000000000000000000000000885264ffffffffff1660045242602452604487fd5b876044918b7f19ee41e4000000000000000000000000000000000000000000000000000000008352600452602452fd5b7f7dae937e000000000000000000000000000000000000000000000000000000008a5267ffffffffffffffff16600452602452604488fd5b7f5dd4ba5400000000000000000000000000000000000000000000000000000000895260045262015180602452604488fd5b7f5dd4ba5400000000000000000000000000000000000000000000000000000000895260045262093a80602452604488fd5b7f28ce4db800000000000000000000000000000000000000000000000000000000895264ffffffffff1660045242602452604488fd5b6024878a7f98090ea5000000000000000000000000000000000000000000000000000000008252600452fd5b50346102685760031936016101a0811261026b576101801361026857611aeb61352d565b611af3613e5d565b6001600160a01b03611b03613936565b1633148015612402575b80156123e9575b15611f8857611b22336140c6565b9064ffffffffff42169264ffffffffff811690848211611f58576101043563ffffffff811690818103611f54575080861115611f4c57611b629086613d3c565b915b64ffffffffff83161115611f445750915b604082015164ffffffffff168015611f2d5764ffffffffff905b1684101593611ba084846024614032565b90611bbf60208501926bffffffffffffffffffffffff84511690614abd565b90878780611f03575b611ea4575b5091610419611c1d92611bef6bffffffffffffffffffffffff95886024614032565b818681168288161115611e9557611c0a611c15918893613ad1565b968795511683613ad1565b975116613ad1565b9360405193611c2b856136b2565b8785528760208601528760408601526002606086015260405194611c4e866136ce565b888652602086019081526060600160043597888c52600560205260408c20905181550191516bffffffffffffffffffffffff80825116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000845416178355611d0c6bffffffffffffffffffffffff60208301511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015183547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff0000000000000000000000000000000000000000000000001617835501517fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7dff000000000000000000000000000000000000000000000000000000000083549260e81b16911617905560a435916001600160a01b038316830361068c57602435926001600160a01b038416978885036106885784916bffffffffffffffffffffffff611df19216958691614969565b611dfd85846024613d6b565b50608435976001600160a01b038916988981036106885750604051956005811015611e81578652602086015264ffffffffff1660408501526bffffffffffffffffffffffff908116606085015260808401919091521660a08201527fda9e169203c16eb0e52e051d4d1396b2731738dd1d0d625b1781e5b8f4cdd6d39060c090a480f35b60248b634e487b7160e01b81526021600452fd5b505084611c158b968795610409565b929060e435906bffffffffffffffffffffffff8216808303611eff5787516bffffffffffffffffffffffff9650611c1d9561041994611bef93611ef2938a16908111156106f9575090614abd565b9450509193505087611bcd565b8580fd5b50506005841015611f1957876002851115611bc8565b602488634e487b7160e01b81526021600452fd5b5064ffffffffff611f3f610144613abf565b611b8f565b905091611b75565b508591611b64565b8780fd5b604486837f86c7390800000000000000000000000000000000000000000000000000000000825260045242602452fd5b6084356001600160a01b0381169250828114158061026257833314801561232e575b611fb59033906138f9565b6040830151859164ffffffffff428116921680156123175764ffffffffff905b1682101594611fe683826024614032565b9261200560208301946bffffffffffffffffffffffff86511690614abd565b878061230d575b6122b9575b6bffffffffffffffffffffffff946104196120609261203285876024614032565b81898116828b1611156122aa5761204d612058918b93613ad1565b998a95511683613ad1565b965116613ad1565b966040519661206e886136b2565b8688528660208901528660408901526002606089015260405197612091896136ce565b87895260208901908152606060016004359a8b8b52600560205260408b20905181550191516bffffffffffffffffffffffff80825116167fffffffffffffffffffffffffffffffffffffffff00000000000000000000000084541617835561214f6bffffffffffffffffffffffff60208301511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015183547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff0000000000000000000000000000000000000000000000001617835501517fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7dff000000000000000000000000000000000000000000000000000000000083549260e81b16911617905560a435946001600160a01b0386168603610f0057602435956001600160a01b0387169a8b8803610edf5787916bffffffffffffffffffffffff6122349216988991614969565b61224088876024613d6b565b50610688575085604051966106745750926bffffffffffffffffffffffff809360c09693889660037fda9e169203c16eb0e52e051d4d1396b2731738dd1d0d625b1781e5b8f4cdd6d39a526020880152604087015216606085015260808401521660a0820152a480f35b5050876120588a998a95610409565b60e435946bffffffffffffffffffffffff861695868103610f005761230361206093826bffffffffffffffffffffffff9961041994508a8951168091105f146106f9575090614abd565b9250509450612011565b508995508561200c565b5064ffffffffff612329610144613abf565b611fd5565b50506040517f16053fb10000000000000000000000000000000000000000000000000000000081523360048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156123de5785916123af575b505f906001600160a01b03168414611faa565b6123d1915060203d6020116123d7575b6123c981836136ea565b810190614283565b5f61239c565b503d6123bf565b6040513d87823e3d90fd5b506001600160a01b036123fa613962565b163314611b14565b506001600160a01b0361241361394c565b163314611b0d565b50346102685760206003193601126102685767ffffffffffffffff60406020926001600160a01b0361244b613503565b16815260048452205416604051908152f35b50346102685780600319360112610268576020604051620151808152f35b5034610268578060031936011261026857612537906124b97f0000000000000000000000000000000000000000000000000000000000000000614b6e565b906124e37f0000000000000000000000000000000000000000000000000000000000000000614b6e565b906020612545604051936124f783866136ea565b8385525f3681376040519687967f0f00000000000000000000000000000000000000000000000000000000000000885260e08589015260e08801906135e8565b9086820360408801526135e8565b904660608601523060808601528260a086015284820360c08601528080855193848152019401925b82811061257c57505050500390f35b83518552869550938101939281019260010161256d565b50346102685760a06003193601126102685760405160208101907ffecabbbf99a13d8b22c58a8fb803859877eb66ab657b62cfda96a9f5fed206cd825260043560408201526024356001600160a01b038116809103610f045760608201526044356bffffffffffffffffffffffff8116809103610f045760808201526064356bffffffffffffffffffffffff8116809103610f045760a082015260843564ffffffffff8116809103610f04576020935060c082015260c0815261265760e0826136ea565b519020604051908152f35b5034610268576003193601610160811261026b5761016013610268576040519061268b82613681565b6004356001600160a01b038116810361026b5782526024356001600160a01b038116810361026b5760208301526044356001600160a01b038116810361026b5760408301526064356001600160a01b038116810361026b5760608301526084356001600160a01b038116810361026b57608083015260a4356bffffffffffffffffffffffff8116810361026b5760a083015260c4356bffffffffffffffffffffffff8116810361026b5760c083015260e43563ffffffff8116810361026b5760e08301526101043564ffffffffff8116810361026b576101008301526101243564ffffffffff8116810361026b57610120830152610144359063ffffffff821682036102685760206111858484610140820152613c4c565b503461026857610180600319360112610268576127be613e5d565b90610104359163ffffffff831680840361026657602093504264ffffffffff168181111561284d576128096128016bffffffffffffffffffffffff938793613d3c565b846024614032565b925b01511690816bffffffffffffffffffffffff8216115f14612846576128309250613ad1565b6bffffffffffffffffffffffff60405191168152f35b5050612830565b50506bffffffffffffffffffffffff83839261280b565b5034610268576101806003193601126102685750602061288a612885613e5d565b614352565b64ffffffffff60405191168152f35b50346102685760206003193601126102685760209061118560406128bb613503565b926001600160a01b03841681526001855220917f0000000000000000000000000000000000000000000000000000000000000000926001600160a01b0384165f52845260405f20549283916142a2565b50346102685760206003193601126102685760a0906129506040600435926129316138d5565b5083815260056020526001828220019381526005602052205491613750565b9060ff6060604051936bffffffffffffffffffffffff81511685526bffffffffffffffffffffffff602082015116602086015264ffffffffff604082015116604086015201511660608301526080820152f35b5034610268576129b236613582565b6129bf8592939495613ee1565b9160208101926129cf868561413d565b9564ffffffffff42169364ffffffffff891696858811612f195790612a6c9163ffffffff612a006101008801613a84565b1680881115612f1257612a139088613d3c565b64ffffffffff81168a1015612f0a57935b86359960405160208101917f4186b4fdfff414f35f7ef91bc60c68963bc6dbbb7688acf5c77cecd9b50b8ebb83528c604083015260608201526060815261105a6080826136ea565b60808301976001600160a01b03612a828a6139a5565b163314918215612e55575b8215612e4d5750905b159464ffffffffff612aa88483614943565b1685101595612ab8838584614032565b90612ad760208601926bffffffffffffffffffffffff84511690614abd565b968c8980612e23575b612dd6575b50612af288918786614032565b9180612db1575b15612da657612b0791613ad1565b9586915b516bffffffffffffffffffffffff16612b249082613ad1565b94516bffffffffffffffffffffffff1690612b3e91613ad1565b90612b4891613ad1565b93604051612b55816136b2565b8b81528b60208201528b60408201526060810160029052604051612b78816136ce565b8c815260208101918252898d52600560205260408d2090518155600101905180516bffffffffffffffffffffffff166bffffffffffffffffffffffff1682547fffffffffffffffffffffffffffffffffffffffff0000000000000000000000001617825560208101516bffffffffffffffffffffffff16612c3d9083907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015182547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff000000000000000000000000000000000000000000000000161782556060015181549060e81b7dff000000000000000000000000000000000000000000000000000000000016907fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1617905560a001612cea906139a5565b612cf3826139a5565b946bffffffffffffffffffffffff168095612d0d92614969565b612d18858483613d6b565b612d21906139a5565b97612d2b906139a5565b94604051976005811015611e8157946001600160a01b03946bffffffffffffffffffffffff869564ffffffffff7fda9e169203c16eb0e52e051d4d1396b2731738dd1d0d625b1781e5b8f4cdd6d39a96839660208f60c09d815201521660408d01521660608b015260808a01521660a088015216951693a480f35b50508a958691612b0b565b506bffffffffffffffffffffffff81166bffffffffffffffffffffffff831611612af9565b612af298612e1b91612dea60e08b01613a43565b906bffffffffffffffffffffffff8a51169050806bffffffffffffffffffffffff8316105f146106f9575090614abd565b97508c612ae5565b505060058b1015612e39578c60028c1115612ae0565b60248d634e487b7160e01b81526021600452fd5b905090612a96565b91506040517f16053fb10000000000000000000000000000000000000000000000000000000081523360048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115612eff578b91612ee0575b506001600160a01b0380612ed68c6139a5565b1691161491612a8d565b612ef9915060203d6020116123d7576123c981836136ea565b5f612ec3565b6040513d8d823e3d90fd5b508a93612a24565b508b612a13565b60448b897f86c7390800000000000000000000000000000000000000000000000000000000825260045242602452fd5b503461026857806003193601126102685760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346102685760406003193601126102685761032e612faa613503565b60243590613afb565b5034610268578060031936011261026857602060405162093a808152f35b50346102685760031936016101a0811261026b5761018013610268576020612830612ffa61352d565b613002613e5d565b613f63565b5034610268578060031936011261026857602060405161ffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346102685760206003193601126102685760043567ffffffffffffffff811161026b573660238201121561026b57806004013567ffffffffffffffff8111610266576024820191602436916101808402010111610266578291839164ffffffffff42169061ffff7f000000000000000000000000000000000000000000000000000000000000000016612710039261ffff8085119416937f00000000000000000000000000000000000000000000000000000000000000005b83871061311257602088604051908152f35b9091929394959661312488868661372b565b358952600560205260408920906001820161313e81613750565b92600160ff606086015116149081159161333a575b5061332f576131638a888861372b565b8863ffffffff6131766101008401613a84565b16918583831115613322576020613191819561319895613d3c565b9201614032565b935b01926bffffffffffffffffffffffff845116806bffffffffffffffffffffffff8316115f1461331a576131cc91613ad1565b6bffffffffffffffffffffffff811693841561330d5761324792916bffffffffffffffffffffffff6131ff92511661388a565b7fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b836132538a888861372b565b906132f9576132936127106132688b86613d58565b049161328e8360a08301926132886080613281866139a5565b92016139a5565b90614969565b6139a5565b90830390838211610ec757916132b060019492866132eb95614969565b6132bb8b898961372b565b357f1d683ab5edb58cda1a70e13b37008251d7cf2c51f4a447a581b7ddfe8d8dbb586020604051858152a26138c8565b975b01959493929190613100565b60248b634e487b7160e01b81526011600452fd5b50505097600191506132ed565b50508a6131cc565b5050505060208b9361319a565b5097600191506132ed565b54905061335c6133573660206133518f8d8d61372b565b016137b5565b613c4c565b14155f613153565b50346102685780600319360112610268573381526004602052604081209081549067ffffffffffffffff82169067ffffffffffffffff821461340d5760207fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000858567ffffffffffffffff6001870116928391161790556040518181527f663b0e6449820c633f6d9d194944ccc40e3633c1bcb8878cf728c2713ccae7e7833392a2604051908152f35b80634e487b7160e01b602492526011600452fd5b50346134ff5760c06003193601126134ff5761343b613503565b9060243560643560ff81168091036134ff576001600160a01b03841690815f525f6020526134708560ff60405f205416613644565b813b156134ff575f9160e4839260405194859384927fd505accf0000000000000000000000000000000000000000000000000000000084523360048501523060248501528860448501526044356064850152608484015260843560a484015260a43560c48401525af16134e9575b5061032e9192613afb565b61032e92505f6134f8916136ea565b5f916134de565b5f80fd5b600435906001600160a01b03821682036134ff57565b35906001600160a01b03821682036134ff57565b610184359064ffffffffff821682036134ff57565b359064ffffffffff821682036134ff57565b9181601f840112156134ff5782359167ffffffffffffffff83116134ff57602083818601950101116134ff57565b9060031982016101e081126134ff57610180136134ff576004916101843564ffffffffff811681036134ff57916101a4356001600160a01b03811681036134ff57916101c4359067ffffffffffffffff82116134ff576135e491600401613554565b9091565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b35906bffffffffffffffffffffffff821682036134ff57565b1561364c5750565b6001600160a01b03907f94403b70000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b610160810190811067ffffffffffffffff82111761369e57604052565b634e487b7160e01b5f52604160045260245ffd5b6080810190811067ffffffffffffffff82111761369e57604052565b6040810190811067ffffffffffffffff82111761369e57604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761369e57604052565b919081101561373c57610180020190565b634e487b7160e01b5f52603260045260245ffd5b9060405161375d816136b2565b606060ff8294546bffffffffffffffffffffffff811684526bffffffffffffffffffffffff81841c16602085015264ffffffffff8160c01c16604085015260e81c16910152565b359063ffffffff821682036134ff57565b9190826101609103126134ff576040516137ce81613681565b6101406138858183956137e081613519565b85526137ee60208201613519565b60208601526137ff60408201613519565b604086015261381060608201613519565b606086015261382160808201613519565b608086015261383260a0820161362b565b60a086015261384360c0820161362b565b60c086015261385460e082016137a4565b60e08601526138666101008201613542565b6101008601526138796101208201613542565b610120860152016137a4565b910152565b906bffffffffffffffffffffffff809116911601906bffffffffffffffffffffffff82116138b457565b634e487b7160e01b5f52601160045260245ffd5b919082018092116138b457565b604051906138e2826136b2565b5f6060838281528260208201528260408201520152565b156139015750565b6001600160a01b03907f20b9b340000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6024356001600160a01b03811681036134ff5790565b6044356001600160a01b03811681036134ff5790565b6064356001600160a01b03811681036134ff5790565b6004356001600160a01b03811681036134ff5790565b6101c4356001600160a01b03811681036134ff5790565b356001600160a01b03811681036134ff5790565b6101e4356bffffffffffffffffffffffff811681036134ff5790565b60c4356bffffffffffffffffffffffff811681036134ff5790565b610204356bffffffffffffffffffffffff811681036134ff5790565b60e4356bffffffffffffffffffffffff811681036134ff5790565b610244356bffffffffffffffffffffffff811681036134ff5790565b356bffffffffffffffffffffffff811681036134ff5790565b6101043563ffffffff811681036134ff5790565b6101243563ffffffff811681036134ff5790565b3563ffffffff811681036134ff5790565b6101443564ffffffffff811681036134ff5790565b6102243564ffffffffff811681036134ff5790565b3564ffffffffff811681036134ff5790565b906bffffffffffffffffffffffff809116911603906bffffffffffffffffffffffff82116138b457565b90613b1e6001600160a01b03831692835f525f60205260ff60405f205416613644565b8015613c2457815f52600160205260405f206001600160a01b0333165f5260205260405f20613b4e8282546138c8565b90556040518181523390837f4174a9435a04d04d274c76779cad136a41fde6937c56241c09ab9d3c7064a1a960203393a4604051907f23b872dd000000000000000000000000000000000000000000000000000000005f52336004523060245260445260205f60648180865af19060015f5114821615613c03575b6040525f60605215613bd85750565b7f5274afe7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b906001811516613c1b57823b15153d15161690613bc9565b503d5f823e3d90fd5b7f43ad20fc000000000000000000000000000000000000000000000000000000005f5260045ffd5b604051613d2560208201809363ffffffff61014080926001600160a01b0381511685526001600160a01b0360208201511660208601526001600160a01b0360408201511660408601526001600160a01b0360608201511660608601526001600160a01b0360808201511660808601526bffffffffffffffffffffffff60a08201511660a08601526bffffffffffffffffffffffff60c08201511660c08601528260e08201511660e086015264ffffffffff6101008201511661010086015264ffffffffff61012082015116610120860152015116910152565b6101608152613d36610180826136ea565b51902090565b9064ffffffffff8091169116039064ffffffffff82116138b457565b818102929181159184041417156138b457565b906bffffffffffffffffffffffff169161ffff7f0000000000000000000000000000000000000000000000000000000000000000166127100361ffff81116138b457612710613dc161ffff613dda931686613d58565b049261328e8460808301926132886060613281866139a5565b9183039283116138b457613e28926bffffffffffffffffffffffff613e009216906138c8565b907f000000000000000000000000000000000000000000000000000000000000000090614969565b565b15613e325750565b7f65340458000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b613e656138d5565b5060043590815f526005602052613e81600160405f2001613750565b91600160ff60608501511603613eb65780613e28915f52600560205260405f2054613eb06133573660246137b5565b14613e2a565b7f41eda04d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b90613eea6138d5565b508135805f526005602052613f04600160405f2001613750565b92600160ff60608601511603613f375790613e2891815f526005602052613eb061335760405f20549260203691016137b5565b507f41eda04d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b604081015164ffffffffff168015614013576bffffffffffffffffffffffff90915b511660c435926bffffffffffffffffffffffff8416938481036134ff5780613fb09150829385614aec565b9064ffffffffff80831691161161400b575b5064ffffffffff82811690821611613fdb575050505f90565b6bffffffffffffffffffffffff9264ffffffffff613fff610e109461400694613d3c565b1690613d58565b041690565b90505f613fc2565b506bffffffffffffffffffffffff61402c610144613abf565b91613f85565b9061405960a06bffffffffffffffffffffffff61404f8486614943565b9351169301613a43565b9261406684829484614aec565b9064ffffffffff8083169116116140be575b5064ffffffffff81811690831611614091575050505f90565b6bffffffffffffffffffffffff928364ffffffffff6140b661400694610e1096613d3c565b169116613d58565b91505f614078565b602435906001600160a01b038216918281036134ff57506001600160a01b038116918214614137576044356001600160a01b038116908181036134ff5750821461413057606435916001600160a01b038316908184036134ff5761412b9350146138f9565b600290565b5050600190565b50505f90565b906001600160a01b0361414f836139a5565b166001600160a01b0382169081146141a2576001600160a01b03614175602085016139a5565b16811461419a576001600160a01b03614193604061412b95016139a5565b16146138f9565b505050600190565b5050505f90565b92906042906141b6614bc5565b90604051917f190100000000000000000000000000000000000000000000000000000000000083526002830152602282015220916141f58282856149a9565b50600481101561426f57159081614259575b506142535761421692846149dd565b1561421e5750565b6001600160a01b03907fd855c4f4000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b50505050565b90506001600160a01b038086169116145f614207565b634e487b7160e01b5f52602160045260245ffd5b908160209103126134ff57516001600160a01b03811681036134ff5790565b6001600160a01b0380919392936142ba848683614630565b1692169081837fd1c19fbcd4551a5edfb66d43d2e337c04837afda3482b42bdf569a8fccdae5fb6020604051858152a3604051917fa9059cbb000000000000000000000000000000000000000000000000000000005f5260045260245260205f60448180865af19060015f511482161561433a575b60405215613bd85750565b906001811516613c1b57823b15153d1516169061432f565b604081015164ffffffffff16801561439b576bffffffffffffffffffffffff90915b511660c435906bffffffffffffffffffffffff821682036134ff5761439892614aec565b90565b506bffffffffffffffffffffffff6143b4610144613abf565b91614374565b60405160208101907fd53ffa88e028fd0f9e06cc17c6c501b2b599f35e68c7de62bf022ffa673d0f5d82526004356001600160a01b0381168091036134ff5760408201526024356001600160a01b0381168091036134ff5760608201526044356001600160a01b0381168091036134ff5760808201526064356001600160a01b0381168091036134ff5760a082015260843560c082015260a43560e082015260c4356bffffffffffffffffffffffff81168091036134ff5761010082015260e4356bffffffffffffffffffffffff81168091036134ff576101208201526101043563ffffffff81168091036134ff576101408201526101243563ffffffff81168091036134ff576101608201526101443564ffffffffff81168091036134ff576101808201526101643567ffffffffffffffff81168091036134ff576101a0820152610184356101c08201526101c08152613d366101e0826136ea565b6101643567ffffffffffffffff811681036134ff5790565b9291906001600160a01b03604051947f4c3135d8000000000000000000000000000000000000000000000000000000008652168060048601526020856024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa948515614625575f95614604575b506001600160a01b0385169081156145d9575033036145c75750505050565b6145d0936141a9565b5f808080614253565b7fe356d5aa000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b61461e91955060203d6020116123d7576123c981836136ea565b935f6145a8565b6040513d5f823e3d90fd5b9190918115613c24576001600160a01b031691825f52600160205260405f206001600160a01b0382165f5260205260405f20549282841061468f575f5260016020526001600160a01b0360405f2091165f5260205260405f2091039055565b82847ffbe9dd4e000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b604081015164ffffffffff168015614750576bffffffffffffffffffffffff90915b51169060c4356bffffffffffffffffffffffff811681036134ff5764ffffffffff9261470c92614aec565b168064ffffffffff4216101561471f5750565b7ff61d23dd000000000000000000000000000000000000000000000000000000005f5260043560045260245260445ffd5b506bffffffffffffffffffffffff614769610144613abf565b916146e1565b6102643564ffffffffff8116908181036134ff57508064ffffffffff42161161491457506147a9600435806101843514806148fc57613e2a565b610204356bffffffffffffffffffffffff8116908181036134ff5781156148d457602435926001600160a01b038416938481036134ff57506001600160a01b03811693841461425357604435906001600160a01b0382168083036134ff57614813925085146138f9565b5060c435906bffffffffffffffffffffffff8216918281036134ff5750111580614894575b80614871575b156148465750565b7f0f328e4a000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50610244356bffffffffffffffffffffffff8116908181036134ff57501561483e565b50610224356bffffffffffffffffffffffff8116908181036134ff575060e435906bffffffffffffffffffffffff8216918281036134ff57501115614838565b7f88be57d7000000000000000000000000000000000000000000000000000000005f5260045ffd5b50805f52600560205260405f20546101a43514613e2a565b7f93ab0f34000000000000000000000000000000000000000000000000000000005f526004524260245260445ffd5b60409091015164ffffffffff1690811561495b575090565b614398915061012001613abf565b8261497357505050565b6001600160a01b03165f5260016020526001600160a01b0360405f2091165f526020526149a560405f209182546138c8565b9055565b90604183036149d3576149cc9250602081013591604082359201355f1a90614cdb565b9192909190565b50505f9160029190565b929190833b614a1a57906149f192916149a9565b50600481101561426f57159182614a0757505090565b6001600160a01b03919250811691161490565b60647fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f855f9660209896604051967f1626ba7e0000000000000000000000000000000000000000000000000000000088526004880152604060248801528160448801528587013786848287010152011601915afa7f1626ba7e000000000000000000000000000000000000000000000000000000005f5114601f3d11161690565b906bffffffffffffffffffffffff81166bffffffffffffffffffffffff8316115f14614ae7575090565b905090565b906bffffffffffffffffffffffff1691610e10830292808404610e1014901517156138b4576bffffffffffffffffffffffff16918215614b5a57614b399264ffffffffff910491166138c8565b64ffffffffff811015614b505764ffffffffff1690565b5064ffffffffff90565b634e487b7160e01b5f52601260045260245ffd5b60ff811690601f8211614b9d5760405191614b8a6040846136ea565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016301480614cb2575b15614c20577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a08152613d3660c0826136ea565b507f00000000000000000000000000000000000000000000000000000000000000004614614bf7565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411614d52579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15614625575f516001600160a01b03811615614d4857905f905f90565b505f906001905f90565b5050505f916003919056' as const;
