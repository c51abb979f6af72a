// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Messages} from "../src/Messages.sol";
import {IMarket} from "../src/interfaces/IMarket.sol";
import {Fixture} from "./support/Fixture.sol";

/// @notice Struct hashes and domain against constants computed by packages/protocol (`hashMessage`, `domainSeparator`).
contract MessagesTest is Fixture {
    function test_Order() public view {
        vm.assertEq(
            market.hashOrder(_sampleOrder()), 0x01ecc0d32212fa6c22ad45fa766183a0f3159c2e24c57a08e6af04f2247d9e57
        );
    }

    function test_Bid() public view {
        IMarket.Bid memory bid = IMarket.Bid({
            order: _bytes32(0x88), operator: _address(0x99), rate: 999_999, minimumCharge: 0, expiresAt: 1_800_000_000
        });
        vm.assertEq(market.hashBid(bid), 0xde0acb3446bd4fc237be9611f4cf918d38a2e87e949a336c8c417ef728c3ae31);
    }

    function test_Acceptance() public pure {
        vm.assertEq(
            Messages.hashAcceptance(_bytes32(1), _bytes32(2)),
            0x4f22ce4cf1613c63010e1288f1b2ee2da87c8b32d2b8b7a5aaaa02034e15ae05
        );
    }

    function test_Ready() public pure {
        vm.assertEq(
            Messages.hashReady(_bytes32(1), 1_800_000_000),
            0x8ed74d2a955953e60253a3c96403d646e4162be50533eeebd5c1a35d0bf974ac
        );
    }

    function test_Close() public pure {
        vm.assertEq(
            Messages.hashClose(_bytes32(1), 1_800_000_000),
            0x933da9a88940d5794eb16904d72fdeb1db5ed16b51d2dfc2a95e142c290de75f
        );
    }

    function test_Amendment() public view {
        IMarket.Amendment memory amendment = IMarket.Amendment({
            lease: _bytes32(1),
            terms: _bytes32(2),
            manifest: _bytes32(3),
            requirements: _bytes32(4),
            rate: 5,
            minimumCharge: 6,
            deposit: 7,
            expiresAt: 1_800_000_000
        });
        bytes32 expected = 0xc3bda561824739f74f156a28e00f2b9a2b1e590669f5eb32f9cbba1e83c2470d;
        vm.assertEq(this.hashAmendment(amendment), expected);
        vm.assertEq(_hash(amendment), expected);
    }

    /// @dev Domain and digest of a market at 0xaaaa… on chain 31337.
    function test_Digest() public view {
        bytes32 digest = _digest(_address(0xaa), _hash(_sampleOrder()));
        vm.assertEq(digest, 0x180bc1f8cfd0d3f84df0076bfab4187ac58725f97f1080f3a494a45ac4de170d);
    }

    function test_TheMarketTellsItsDomain() public view {
        (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifying,,) =
            market.eip712Domain();
        vm.assertEq(uint8(fields), 0x0f);
        vm.assertEq(keccak256(bytes(name)), keccak256("Souk"));
        vm.assertEq(keccak256(bytes(version)), keccak256("1"));
        vm.assertEq(chainId, 31_337);
        vm.assertEq(verifying, address(market));
    }

    function testFuzz_OrderAsSigned(IMarket.Order memory order) public view {
        vm.assertEq(market.hashOrder(order), _hash(order));
    }

    function testFuzz_BidAsSigned(IMarket.Bid memory bid) public view {
        vm.assertEq(market.hashBid(bid), _hash(bid));
    }

    function testFuzz_TermsAsTheirEncoding(IMarket.Terms memory terms) public view {
        vm.assertEq(market.hashTerms(terms), keccak256(abi.encode(terms)));
    }

    function hashAmendment(IMarket.Amendment calldata amendment) external pure returns (bytes32) {
        return Messages.hashAmendment(amendment);
    }

    function _sampleOrder() private pure returns (IMarket.Order memory) {
        return IMarket.Order({
            tenant: _address(0x11),
            agent: _address(0x22),
            watcher: _address(0x33),
            token: _address(0x44),
            manifest: _bytes32(0x55),
            requirements: _bytes32(0x66),
            maxRate: 1_000_000,
            deposit: type(uint96).max,
            clawbackWindow: 600,
            startWindow: 300,
            expiresAt: 1_800_000_000,
            counter: 7,
            salt: _bytes32(0x77)
        });
    }

    /// @dev The byte, repeated.
    function _bytes32(uint8 b) private pure returns (bytes32) {
        return bytes32(uint256(b) * (type(uint256).max / 255));
    }

    function _address(uint8 b) private pure returns (address) {
        return address(uint160(uint256(_bytes32(b))));
    }
}
