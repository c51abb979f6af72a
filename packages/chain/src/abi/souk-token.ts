// Generated from contracts/src/SoukToken.sol by contracts/script/generate-abi.ts. Do not edit.
export const soukTokenAbi = [
  {
    "type": "constructor",
    "inputs": [
      {
        "name": "cap_",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "CLOCK_MODE",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "string",
        "internalType": "string"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "DOMAIN_SEPARATOR",
    "inputs": [],
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
    "name": "allowance",
    "inputs": [
      {
        "name": "owner",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "spender",
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
    "name": "approve",
    "inputs": [
      {
        "name": "spender",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "value",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "bool",
        "internalType": "bool"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "balanceOf",
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
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "burn",
    "inputs": [
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
    "name": "cap",
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
    "name": "checkpoints",
    "inputs": [
      {
        "name": "account",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "pos",
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "tuple",
        "internalType": "struct Checkpoints.Checkpoint208",
        "components": [
          {
            "name": "_key",
            "type": "uint48",
            "internalType": "uint48"
          },
          {
            "name": "_value",
            "type": "uint208",
            "internalType": "uint208"
          }
        ]
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "clock",
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
    "name": "decimals",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint8",
        "internalType": "uint8"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "delegate",
    "inputs": [
      {
        "name": "delegatee",
        "type": "address",
        "internalType": "address"
      }
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "delegateBySig",
    "inputs": [
      {
        "name": "delegatee",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "nonce",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "expiry",
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
    "name": "delegates",
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
    "name": "getPastTotalSupply",
    "inputs": [
      {
        "name": "timepoint",
        "type": "uint256",
        "internalType": "uint256"
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
    "name": "getPastVotes",
    "inputs": [
      {
        "name": "account",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "timepoint",
        "type": "uint256",
        "internalType": "uint256"
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
    "name": "getVotes",
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
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "mint",
    "inputs": [
      {
        "name": "to",
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
    "name": "minter",
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
    "name": "name",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "string",
        "internalType": "string"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "nonces",
    "inputs": [
      {
        "name": "owner",
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
    "name": "numCheckpoints",
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
        "type": "uint32",
        "internalType": "uint32"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "permit",
    "inputs": [
      {
        "name": "owner",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "spender",
        "type": "address",
        "internalType": "address"
      },
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
    ],
    "outputs": [],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "symbol",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "string",
        "internalType": "string"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "totalSupply",
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
    "name": "transfer",
    "inputs": [
      {
        "name": "to",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "value",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "bool",
        "internalType": "bool"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "transferFrom",
    "inputs": [
      {
        "name": "from",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "to",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "value",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "bool",
        "internalType": "bool"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "event",
    "name": "Approval",
    "inputs": [
      {
        "name": "owner",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "spender",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "value",
        "type": "uint256",
        "indexed": false,
        "internalType": "uint256"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "DelegateChanged",
    "inputs": [
      {
        "name": "delegator",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "fromDelegate",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "toDelegate",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      }
    ],
    "anonymous": false
  },
  {
    "type": "event",
    "name": "DelegateVotesChanged",
    "inputs": [
      {
        "name": "delegate",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "previousVotes",
        "type": "uint256",
        "indexed": false,
        "internalType": "uint256"
      },
      {
        "name": "newVotes",
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
    "name": "Transfer",
    "inputs": [
      {
        "name": "from",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "to",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "value",
        "type": "uint256",
        "indexed": false,
        "internalType": "uint256"
      }
    ],
    "anonymous": false
  },
  {
    "type": "error",
    "name": "CheckpointUnorderedInsertion",
    "inputs": []
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
    "name": "ERC20ExceededCap",
    "inputs": [
      {
        "name": "increasedSupply",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "cap",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "ERC20ExceededSafeSupply",
    "inputs": [
      {
        "name": "increasedSupply",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "cap",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "ERC20InsufficientAllowance",
    "inputs": [
      {
        "name": "spender",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "allowance",
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
    "name": "ERC20InsufficientBalance",
    "inputs": [
      {
        "name": "sender",
        "type": "address",
        "internalType": "address"
      },
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
    "name": "ERC20InvalidApprover",
    "inputs": [
      {
        "name": "approver",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "ERC20InvalidCap",
    "inputs": [
      {
        "name": "cap",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "ERC20InvalidReceiver",
    "inputs": [
      {
        "name": "receiver",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "ERC20InvalidSender",
    "inputs": [
      {
        "name": "sender",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "ERC20InvalidSpender",
    "inputs": [
      {
        "name": "spender",
        "type": "address",
        "internalType": "address"
      }
    ]
  },
  {
    "type": "error",
    "name": "ERC2612ExpiredSignature",
    "inputs": [
      {
        "name": "deadline",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  },
  {
    "type": "error",
    "name": "ERC2612InvalidSigner",
    "inputs": [
      {
        "name": "signer",
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
    "name": "ERC5805FutureLookup",
    "inputs": [
      {
        "name": "timepoint",
        "type": "uint256",
        "internalType": "uint256"
      },
      {
        "name": "clock",
        "type": "uint48",
        "internalType": "uint48"
      }
    ]
  },
  {
    "type": "error",
    "name": "ERC6372InconsistentClock",
    "inputs": []
  },
  {
    "type": "error",
    "name": "InvalidAccountNonce",
    "inputs": [
      {
        "name": "account",
        "type": "address",
        "internalType": "address"
      },
      {
        "name": "currentNonce",
        "type": "uint256",
        "internalType": "uint256"
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
    "name": "NotMinter",
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
    "name": "VotesExpiredSignature",
    "inputs": [
      {
        "name": "expiry",
        "type": "uint256",
        "internalType": "uint256"
      }
    ]
  }
] as const;

export const soukTokenBytecode = '0x6101a08060405234610497576020816127fa8038038091610020828561049b565b833981010312610497575160405161003960408261049b565b600481526020810163536f756b60e01b81526040519161005a60408461049b565b6004835263536f756b60e01b60208401526040519361007a60408661049b565b6004855263534f554b60e01b60208601526040519461009a60408761049b565b60018652603160f81b60208701908152855190956001600160401b0382116103925760035490600182811c9216801561048d575b60208310146103745781601f849311610417575b50602090601f83116001146103b1575f926103a6575b50508160011b915f199060031b1c1916176003555b8051906001600160401b0382116103925760045490600182811c92168015610388575b60208310146103745781601f8493116102fe575b50602090601f8311600114610298575f9261028d575b50508160011b915f199060031b1c1916176004555b801561027a57608052610181816104be565b6101405261018e846104be565b6101605251902091826101005251902080610120524660c0526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a081526101f860c08261049b565b51902060a0523060e05233610180526040516122d0908161052a823960805181818161050201526106fe015260a0518161142b015260c051816114e8015260e051816113fc0152610100518161147a015261012051816114a001526101405181610b1f01526101605181610b4801526101805181818161036d01526106640152f35b63392e1e2760e01b5f525f60045260245ffd5b015190505f8061015a565b60045f9081528281209350601f198516905b8181106102e657509084600195949392106102ce575b505050811b0160045561016f565b01515f1960f88460031b161c191690555f80806102c0565b929360206001819287860151815501950193016102aa565b828111156101445760045f52909150601f830160051c7f8a35acfbc15ff81a39ae7d344fd709f28e8600b4aa8c65c6b64bfe7fe36bd19b6020851061036c575b849392601f0160051c82900391015f5b82811061035c575050610144565b5f8183015585945060010161034e565b5f915061033e565b634e487b7160e01b5f52602260045260245ffd5b91607f1691610130565b634e487b7160e01b5f52604160045260245ffd5b015190505f806100f8565b60035f9081528281209350601f198516905b8181106103ff57509084600195949392106103e7575b505050811b0160035561010d565b01515f1960f88460031b161c191690555f80806103d9565b929360206001819287860151815501950193016103c3565b828111156100e25760035f52909150601f830160051c7fc2575a0e9e593c00f959f8c92f12db2869c3395a3b0502d05e2516446f71f85b60208510610485575b849392601f0160051c82900391015f5b8281106104755750506100e2565b5f81830155859450600101610467565b5f9150610457565b91607f16916100ce565b5f80fd5b601f909101601f19168101906001600160401b0382119082101761039257604052565b601f8151116104e95760208151910151602082106104da571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fdfe60806040526004361015610011575f80fd5b5f3560e01c806306fdde03146101c457806307546172146101bf578063095ea7b3146101ba57806318160ddd146101b557806323b872dd146101b0578063313ce567146101ab578063355274ea146101a65780633644e515146101a15780633a46b1a81461019c57806340c10f191461019757806342966c68146101925780634bf5d7e91461018d578063587cde1e146101885780635c19a95c146101835780636fcfff451461017e57806370a08231146101795780637ecebe001461017457806384b0196e1461016f5780638e539e8c1461016a57806391ddadf41461016557806395d89b41146101605780639ab24eb01461015b578063a9059cbb14610156578063c3cda52014610151578063d505accf1461014c578063dd62ed3e146101475763f1127ed814610142575f80fd5b611178565b61111f565b610fc5565b610e7e565b610e38565b610ddd565b610d28565b610cfd565b610c3e565b610b07565b610acf565b610a9a565b610a1f565b6109fd565b6109bc565b610913565b610811565b61063e565b610547565b610525565b6104eb565b6104d0565b61040b565b6103ee565b6103bd565b61034e565b610220565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b90602061021d9281815201906101c9565b90565b3461034a575f60031936011261034a576040515f6003548060011c9060018116908115610340575b6020831082146103135782855260208501919081156102dc575060011461028a575b6102868461027a8186038261128f565b6040519182918261020c565b0390f35b60035f9081529250907fc2575a0e9e593c00f959f8c92f12db2869c3395a3b0502d05e2516446f71f85b5b8184106102c85750500161027a8261026a565b8054848401526020909301926001016102b5565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff001682525090151560051b01905061027a8261026a565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b91607f1691610248565b5f80fd5b3461034a575f60031936011261034a5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b600435906001600160a01b038216820361034a57565b602435906001600160a01b038216820361034a57565b3461034a57604060031936011261034a576103e36103d9610391565b60243590336116c5565b602060405160018152f35b3461034a575f60031936011261034a576020600254604051908152f35b3461034a57606060031936011261034a57610424610391565b61042c6103a7565b604435906001600160a01b0383165f52600160205261045f3360405f20906001600160a01b03165f5260205260405f2090565b54925f198410610480575b61047493506112f9565b60405160018152602090f35b82841061049c576104978361047495033383611793565b61046a565b82847ffb8f41b2000000000000000000000000000000000000000000000000000000005f523360045260245260445260645ffd5b3461034a575f60031936011261034a57602060405160128152f35b3461034a575f60031936011261034a5760206040517f00000000000000000000000000000000000000000000000000000000000000008152f35b3461034a575f60031936011261034a57602061053f6113f2565b604051908152f35b3461034a57604060031936011261034a57610560610391565b6001600160a01b0360243591165f52600960205261058160405f209161150e565b8154905f8291600584116105e6575b61059b9350846119ce565b90816105cb57505060205f5b79ffffffffffffffffffffffffffffffffffffffffffffffffffff60405191168152f35b6105d660209261158d565b905f52815f20015460301c6105a7565b91926105f181611859565b81039081116106395761059b93855f5265ffffffffffff8260205f2001541665ffffffffffff8516105f14610627575091610590565b9291506106339061159b565b90610590565b611560565b3461034a57604060031936011261034a57610657610391565b6024356001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001633036107e5576001600160a01b03821680156107b9576106ae6106a9836002546115a9565b600255565b6106c8836001600160a01b03165f525f60205260405f2090565b8054830190556040518281525f907fddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef90602090a37f000000000000000000000000000000000000000000000000000000000000000060025481811161078b5750506002549179ffffffffffffffffffffffffffffffffffffffffffffffffffff80841161075b576107598383611f94565b005b7f1cb15d26000000000000000000000000000000000000000000000000000000005f52600484905260245260445ffd5b7f9e79f854000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7fec442f05000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b7f361c31f2000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b3461034a57602060031936011261034a5760043533156108e757610845336001600160a01b03165f525f60205260405f2090565b54908082106108b25780610759920361086e336001600160a01b03165f525f60205260405f2090565b5561087c8160025403600255565b6040518181525f9033907fddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef90602090a333612017565b7fe450d38c000000000000000000000000000000000000000000000000000000005f523360045260249190915260445260645ffd5b7f96c6fd1e000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b3461034a575f60031936011261034a5761092c436117da565b65ffffffffffff8061093d436117da565b169116036109945761028660405161095660408261128f565b601d81527f6d6f64653d626c6f636b6e756d6265722666726f6d3d64656661756c7400000060208201526040519182916020835260208301906101c9565b7f6ff07140000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461034a57602060031936011261034a576001600160a01b036109dd610391565b165f52600860205260206001600160a01b0360405f205416604051908152f35b3461034a57602060031936011261034a57610759610a19610391565b336115b6565b3461034a57602060031936011261034a576001600160a01b03610a40610391565b165f52600960205260405f205463ffffffff8111610a6a5760405163ffffffff9091168152602090f35b7f6dfcc650000000000000000000000000000000000000000000000000000000005f52602060045260245260445ffd5b3461034a57602060031936011261034a57602061053f610ab8610391565b6001600160a01b03165f525f60205260405f205490565b3461034a57602060031936011261034a576001600160a01b03610af0610391565b165f526007602052602060405f2054604051908152f35b3461034a575f60031936011261034a57610be5610b437f0000000000000000000000000000000000000000000000000000000000000000611b7a565b610b6c7f0000000000000000000000000000000000000000000000000000000000000000611b7a565b6020604051610b7b828261128f565b5f815281610bf3818301947fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe083013687376040519788977f0f00000000000000000000000000000000000000000000000000000000000000895260e0858a015260e08901906101c9565b9087820360408901526101c9565b914660608701523060808701525f60a087015285830360c087015251918281520192915f5b828110610c2757505050500390f35b835185528695509381019392810192600101610c18565b3461034a57602060031936011261034a57610c5a60043561150e565b600a54905f829160058411610ca9575b610c769350600a6119ce565b80610c8757506040515f8152602090f35b610ca4610c9560209261158d565b600a5f52825f20015460301c90565b6105a7565b9192610cb481611859565b810390811161063957610c7693600a5f5265ffffffffffff8260205f2001541665ffffffffffff8516105f14610ceb575091610c6a565b929150610cf79061159b565b90610c6a565b3461034a575f60031936011261034a576020610d18436117da565b65ffffffffffff60405191168152f35b3461034a575f60031936011261034a576040515f6004548060011c9060018116908115610dd3575b6020831082146103135782855260208501919081156102dc5750600114610d81576102868461027a8186038261128f565b60045f9081529250907f8a35acfbc15ff81a39ae7d344fd709f28e8600b4aa8c65c6b64bfe7fe36bd19b5b818410610dbf5750500161027a8261026a565b805484840152602090930192600101610dac565b91607f1691610d50565b3461034a57602060031936011261034a576001600160a01b03610dfe610391565b165f526009602052602079ffffffffffffffffffffffffffffffffffffffffffffffffffff610e2f60405f2061164c565b16604051908152f35b3461034a57604060031936011261034a576103e3610e54610391565b60243590336112f9565b6064359060ff8216820361034a57565b6084359060ff8216820361034a57565b3461034a5760c060031936011261034a57610e97610391565b60243590604435610ea6610e5e565b6084359060a43592804211610f9a5791610f2c9391610f1e610f239460405160208101917fe48329057bfd03d55e49b547132e39cffd9c1820ad7b9d4c5307691425d15adf83526001600160a01b038a1660408301528a6060830152608082015260808152610f1660a08261128f565b519020611675565b611bd1565b90929192611c95565b610f50816001600160a01b03165f52600760205260405f2080549060018201905590565b809303610f615761075992506115b6565b6001600160a01b0391507f752d88c0000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b7f4683af0e000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b3461034a5760e060031936011261034a57610fde610391565b610fe66103a7565b6044359060643592610ff6610e6e565b60a43560c435908642116110f35761109f9261109a61102f866001600160a01b03165f52600760205260405f2080549060018201905590565b9860405160208101917f6e71edae12b1b97f4d1f60370fef10105fa2faae0126114a169c64845d6126c983526001600160a01b0389169b8c60408401526001600160a01b038b1660608401528b608084015260a083015260c082015260c08152610f1660e08261128f565b6116b6565b936001600160a01b038516036110b95761075993506116c5565b7f4b800e46000000000000000000000000000000000000000000000000000000005f526001600160a01b038085166004521660245260445ffd5b867f62791302000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b3461034a57604060031936011261034a57602061116f61113d610391565b6001600160a01b0361114d6103a7565b91165f526001835260405f20906001600160a01b03165f5260205260405f2090565b54604051908152f35b3461034a57604060031936011261034a57611191610391565b6024359063ffffffff8216820361034a57610286916001600160a01b036111de926111ba6112e1565b506111c36112e1565b50165f52600960205260405f206111d86112e1565b50611d5c565b50604051906111ec8261126e565b5465ffffffffffff8116825260301c602082015260405191829182919091602079ffffffffffffffffffffffffffffffffffffffffffffffffffff81604084019565ffffffffffff8151168552015116910152565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040810190811067ffffffffffffffff82111761128a57604052565b611241565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761128a57604052565b604051906112df60408361128f565b565b604051906112ee8261126e565b5f6020838281520152565b9291906001600160a01b0384169384156108e7576001600160a01b03821680156107b957611337826001600160a01b03165f525f60205260405f2090565b54958487106113b357846112df969703611361846001600160a01b03165f525f60205260405f2090565b5561137c846001600160a01b03165f525f60205260405f2090565b8054860190556040518581527fddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef90602090a3612092565b7fe450d38c000000000000000000000000000000000000000000000000000000005f526001600160a01b0383166004526024879052604485905260645ffd5b6001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163014806114e5575b1561144d577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a081526114df60c08261128f565b51902090565b507f00000000000000000000000000000000000000000000000000000000000000004614611424565b65ffffffffffff61151e436117da565b1680821015611531575061021d906117da565b907fecd3f81e000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b905f19820191821161063957565b906001820180921161063957565b9190820180921161063957565b6001600160a01b038181165f81815260086020526040812080548685167fffffffffffffffffffffffff0000000000000000000000000000000000000000821681179092556112df969416946116469390928691907f3134e8a2e6d97e929a7e54011ea5485d7d196dd5f0ba4d4ef95803e8e3fc257f9080a46001600160a01b03165f525f60205260405f205490565b91611a27565b8054806116595750505f90565b805f19810111610639575f19915f5260205f2001015460301c90565b6042906116806113f2565b90604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b9161021d9391610f2393611bd1565b6001600160a01b0316908115611767576001600160a01b03811692831561173b578061172e7f8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b92593855f52600160205260405f20906001600160a01b03165f5260205260405f2090565b55604051908152602090a3565b7f94280d62000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b7fe602df05000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b6001600160a01b0316908115611767576001600160a01b0381161561173b576117d7915f52600160205260405f20906001600160a01b03165f5260205260405f2090565b55565b65ffffffffffff81116117f25765ffffffffffff1690565b7f6dfcc650000000000000000000000000000000000000000000000000000000005f52603060045260245260445ffd5b811561182c570490565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b600181111561021d5780600170010000000000000000000000000000000083101561198c575b61193261192861191e61191461190a6119006118ef6119399760048a6801000000000000000061193e9c101561197f575b640100000000811015611972575b62010000811015611965575b610100811015611958575b601081101561194b575b1015611943575b60030260011c90565b6118f9818b611822565b0160011c90565b6118f9818a611822565b6118f98189611822565b6118f98188611822565b6118f98187611822565b6118f98186611822565b8093611822565b821190565b900390565b60011b6118e6565b60041c9160021b916118df565b60081c9160041b916118d5565b60101c9160081b916118ca565b60201c9160101b916118be565b60401c9160201b916118b0565b505061193e61193961193261192861191e61191461190a6119006118ef6119b38a60801c90565b985068010000000000000000975061187f9650505050505050565b9065ffffffffffff165b8383106119e55750505090565b90919280841860011c8185160190835f528265ffffffffffff8360205f20015416115f14611a175750925b91906119d8565b9350611a229061159b565b611a10565b91906001600160a01b038116926001600160a01b038116908482141580611b71575b611a55575b5050505050565b81611afb575b505082611a6a575b8080611a4e565b611af0611ad77fdec2bacdd2f05b59de34da9b523dff8be42e5e38e818c82fdb0bae774387a72493611ad1611acb79ffffffffffffffffffffffffffffffffffffffffffffffffffff956001600160a01b03165f52600960205260405f2090565b91611d9e565b90611e72565b6040805192851683529316602082015291829190820190565b0390a25f8080611a63565b79ffffffffffffffffffffffffffffffffffffffffffffffffffff611b67611ad7611b587fdec2bacdd2f05b59de34da9b523dff8be42e5e38e818c82fdb0bae774387a724946001600160a01b03165f52600960205260405f2090565b611b6188611d9e565b90611e0e565b0390a25f80611a5b565b50831515611a49565b60ff811690601f8211611ba95760405191611b9660408461128f565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411611c53579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15611c48575f516001600160a01b03811615611c3e57905f905f90565b505f906001905f90565b6040513d5f823e3d90fd5b5050505f9160039190565b60041115611c6857565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b611c9e81611c5e565b80611ca7575050565b611cb081611c5e565b60018103611ce0577ff645eedf000000000000000000000000000000000000000000000000000000005f5260045ffd5b611ce981611c5e565b60028103611d1d57507ffce698f7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b80611d29600392611c5e565b14611d315750565b7fd78bce0c000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b8054821015611d71575f5260205f2001905f90565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b79ffffffffffffffffffffffffffffffffffffffffffffffffffff8111611dde5779ffffffffffffffffffffffffffffffffffffffffffffffffffff1690565b7f6dfcc650000000000000000000000000000000000000000000000000000000005f5260d060045260245260445ffd5b90611e18436117da565b9079ffffffffffffffffffffffffffffffffffffffffffffffffffff80611e3e8561164c565b92169116039079ffffffffffffffffffffffffffffffffffffffffffffffffffff821161063957611e6e9261219d565b9091565b90611e7c436117da565b9079ffffffffffffffffffffffffffffffffffffffffffffffffffff80611ea28561164c565b92169116019079ffffffffffffffffffffffffffffffffffffffffffffffffffff821161063957611e6e9261219d565b611edb436117da565b9079ffffffffffffffffffffffffffffffffffffffffffffffffffff80611f02600a61164c565b921691160179ffffffffffffffffffffffffffffffffffffffffffffffffffff811161063957611e6e91600a61219d565b611f3c436117da565b9079ffffffffffffffffffffffffffffffffffffffffffffffffffff80611f63600a61164c565b921691160379ffffffffffffffffffffffffffffffffffffffffffffffffffff811161063957611e6e91600a61219d565b906001600160a01b036112df92611fb2611fad84611d9e565b611ed2565b5050168015611fff575b60086020527f5eff886ea0ce6ca488a3d6e336d6c0f75f46d19b42c06ce5ee98e42c96d256c7545f9182526040909120546001600160a01b039081169116611a27565b61201061200b83611d9e565b611f33565b5050611fbc565b906001600160a01b036112df9216801561207f575b61203861200b83611d9e565b50505f908152600860205260408120549080527f5eff886ea0ce6ca488a3d6e336d6c0f75f46d19b42c06ce5ee98e42c96d256c7546001600160a01b039081169116611a27565b61208b611fad83611d9e565b505061202c565b906001600160a01b03806112df9493169182156120f7575b169081156120e4575b5f5260086020526001600160a01b0360405f205416905f5260086020526001600160a01b0360405f20541690611a27565b6120f061200b84611d9e565b50506120b3565b612103611fad85611d9e565b50506120aa565b80546801000000000000000081101561128a5761212c91600182018155611d5c565b6121715781516020929092015160301b7fffffffffffffffffffffffffffffffffffffffffffffffffffff0000000000001665ffffffffffff92909216919091179055565b7f4e487b71000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b80549293928015612293576121b46121bf9161158d565b825f5260205f200190565b8054603081901c9365ffffffffffff9182169291811680841161226b57879303612224575061222092509065ffffffffffff7fffffffffffffffffffffffffffffffffffffffffffffffffffff00000000000083549260301b169116179055565b9190565b915050612220916122446122366112d0565b65ffffffffffff9093168352565b79ffffffffffffffffffffffffffffffffffffffffffffffffffff8616602083015261210a565b7f2520601d000000000000000000000000000000000000000000000000000000005f5260045ffd5b50906122cb916122a46122366112d0565b79ffffffffffffffffffffffffffffffffffffffffffffffffffff8516602083015261210a565b5f919056' as const;
