// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A contract wallet with one owner key, which can act and can be switched to misbehave.
contract Wallet {
    enum Mood {
        Honest,
        Refusing,
        Reverting,
        Short,
        Bombing
    }

    address private immutable _owner;
    Mood public mood;

    constructor(address owner) {
        _owner = owner;
    }

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    function execute(address target, bytes calldata data) external returns (bytes memory) {
        (bool isDone, bytes memory result) = target.call(data);
        require(isDone, "wallet: call failed");
        return result;
    }

    function isValidSignature(bytes32 digest, bytes calldata sig) external view returns (bytes4) {
        if (mood == Mood.Reverting) revert("wallet: no");
        if (mood == Mood.Short) {
            assembly ("memory-safe") {
                mstore(0, shl(224, 0x1626ba7e))
                return(0, 4)
            }
        }
        if (mood == Mood.Bombing) {
            assembly ("memory-safe") {
                revert(0, 1000000)
            }
        }
        bool isValid = mood == Mood.Honest && ECDSA.recover(digest, sig) == _owner;
        return isValid ? this.isValidSignature.selector : bytes4(0xffffffff);
    }
}
