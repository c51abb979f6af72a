// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMarket} from "./interfaces/IMarket.sol";

/// @title Messages: the EIP-712 struct hashes of what the market's parties sign
/// @notice Field for field the types of packages/protocol/src/messages.ts. The structs are static, so that their ABI
/// encoding is the encoding that EIP-712 asks for.
library Messages {
    bytes32 internal constant ORDER_TYPEHASH = keccak256(
        "Order(address tenant,address agent,address watcher,address token,bytes32 manifest,bytes32 requirements,"
        "uint96 maxRate,uint96 deposit,uint32 clawbackWindow,uint32 startWindow,uint40 expiresAt,uint64 counter,"
        "bytes32 salt)"
    );
    bytes32 internal constant BID_TYPEHASH =
        keccak256("Bid(bytes32 order,address operator,uint96 rate,uint96 minimumCharge,uint40 expiresAt)");
    bytes32 internal constant ACCEPTANCE_TYPEHASH = keccak256("Acceptance(bytes32 order,bytes32 bid)");
    bytes32 internal constant READY_TYPEHASH = keccak256("Ready(bytes32 lease,uint40 readyAt)");
    bytes32 internal constant CLOSE_TYPEHASH = keccak256("Close(bytes32 lease,uint40 effectiveAt)");
    bytes32 internal constant AMENDMENT_TYPEHASH = keccak256(
        "Amendment(bytes32 lease,bytes32 terms,bytes32 manifest,bytes32 requirements,uint96 rate,uint96 minimumCharge,"
        "uint96 deposit,uint40 expiresAt)"
    );

    function hashOrder(IMarket.Order calldata order) internal pure returns (bytes32) {
        return keccak256(abi.encode(ORDER_TYPEHASH, order));
    }

    function hashBid(IMarket.Bid calldata bid) internal pure returns (bytes32) {
        return keccak256(abi.encode(BID_TYPEHASH, bid));
    }

    function hashAcceptance(bytes32 order, bytes32 bid) internal pure returns (bytes32) {
        return keccak256(abi.encode(ACCEPTANCE_TYPEHASH, order, bid));
    }

    function hashReady(bytes32 lease, uint40 readyAt) internal pure returns (bytes32) {
        return keccak256(abi.encode(READY_TYPEHASH, lease, readyAt));
    }

    function hashClose(bytes32 lease, uint40 effectiveAt) internal pure returns (bytes32) {
        return keccak256(abi.encode(CLOSE_TYPEHASH, lease, effectiveAt));
    }

    function hashAmendment(IMarket.Amendment calldata amendment) internal pure returns (bytes32) {
        return keccak256(abi.encode(AMENDMENT_TYPEHASH, amendment));
    }
}
