// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IEpochs} from "../../src/interfaces/IEpochs.sol";
import {IMarket} from "../../src/interfaces/IMarket.sol";
import {Test} from "./Test.sol";

/// @notice Signs what the parties sign, from type strings of its own: what src/Messages.sol hashes wrongly fails here.
abstract contract Signing is Test {
    bytes32 private constant DOMAIN =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    function _digest(address market, bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = keccak256(abi.encode(DOMAIN, keccak256("Souk"), keccak256("1"), block.chainid, market));
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function _sign(address market, uint256 key, bytes32 structHash) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _digest(market, structHash));
        return abi.encodePacked(r, s, v);
    }

    function _hash(IMarket.Order memory o) internal pure returns (bytes32) {
        bytes32 t = keccak256(
            "Order(address tenant,address agent,address watcher,address token,bytes32 manifest,bytes32 requirements,uint96 maxRate,uint96 deposit,uint32 clawbackWindow,uint32 startWindow,uint40 expiresAt,uint64 counter,bytes32 salt)"
        );
        bytes memory first = abi.encode(t, o.tenant, o.agent, o.watcher, o.token, o.manifest, o.requirements);
        bytes memory last =
            abi.encode(o.maxRate, o.deposit, o.clawbackWindow, o.startWindow, o.expiresAt, o.counter, o.salt);
        return keccak256(bytes.concat(first, last));
    }

    function _hash(IMarket.Bid memory b) internal pure returns (bytes32) {
        bytes32 t = keccak256("Bid(bytes32 order,address operator,uint96 rate,uint96 minimumCharge,uint40 expiresAt)");
        return keccak256(abi.encode(t, b.order, b.operator, b.rate, b.minimumCharge, b.expiresAt));
    }

    function _hashAcceptance(IMarket.Bid memory b) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("Acceptance(bytes32 order,bytes32 bid)"), b.order, _hash(b)));
    }

    function _hashReady(bytes32 lease, uint40 readyAt) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("Ready(bytes32 lease,uint40 readyAt)"), lease, readyAt));
    }

    function _hashClose(bytes32 lease, uint40 effectiveAt) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("Close(bytes32 lease,uint40 effectiveAt)"), lease, effectiveAt));
    }

    function _hash(IMarket.Amendment memory a) internal pure returns (bytes32) {
        bytes32 t = keccak256(
            "Amendment(bytes32 lease,bytes32 terms,bytes32 manifest,bytes32 requirements,uint96 rate,uint96 minimumCharge,uint96 deposit,uint40 expiresAt)"
        );
        return keccak256(
            abi.encode(t, a.lease, a.terms, a.manifest, a.requirements, a.rate, a.minimumCharge, a.deposit, a.expiresAt)
        );
    }

    function _hash(IEpochs.EpochAttestation memory a) internal pure returns (bytes32) {
        bytes32 t = keccak256(
            "EpochAttestation(uint32 subnet,uint64 epoch,uint32 engine,bytes32 snapshotBlock,bytes32 inputs,bytes32 outputs,bytes32 rewardRoot,uint128 total,bytes32 validators,bytes32 prunable)"
        );
        bytes memory first = abi.encode(t, a.subnet, a.epoch, a.engine, a.snapshotBlock, a.inputs, a.outputs);
        return keccak256(bytes.concat(first, abi.encode(a.rewardRoot, a.total, a.validators, a.prunable)));
    }

    function _permit(IERC20Permit token, uint256 key, address spender, uint256 value, uint256 deadline)
        internal
        view
        returns (uint8 v, bytes32 r, bytes32 s)
    {
        address owner = vm.addr(key);
        bytes32 structHash = keccak256(abi.encode(PERMIT, owner, spender, value, token.nonces(owner), deadline));
        return vm.sign(key, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), structHash)));
    }
}
