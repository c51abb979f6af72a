// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMarket} from "../src/interfaces/IMarket.sol";
import {Fixture} from "./support/Fixture.sol";

/*
markReady
├── given the lease is not open ........................ LeaseNotOpen
├── when the terms are not its terms ................... TermsMismatch
├── given the meter runs, by mark or by deadline ....... AlreadyReady
├── when the time is before opening or in the future ... ReadyOutOfRange
├── when the signer is not of the buying side .......... NotParty
├── when the signature is not the signer's, or of another lease or time . InvalidSignature
└── otherwise, up to the second before the deadline, by tenant, agent or watcher: the meter starts at that time
*/
contract MarketReadyTest is Fixture {
    function test_TenantAgentAndWatcherMarkReady() public {
        uint256[3] memory keys = [TENANT_KEY, AGENT_KEY, WATCHER_KEY];
        for (uint256 i = 0; i < keys.length; ++i) {
            IMarket.LeaseRef memory ref = _open();
            bytes memory sig = _signed(keys[i], _hashReady(ref.lease, _now()));
            vm.expectEmit(address(market));
            emit IMarket.LeaseReady(ref.lease, _now());
            vm.prank(hot);
            market.markReady(ref, _now(), vm.addr(keys[i]), sig);
            (IMarket.LeaseState memory state,) = market.leaseOf(ref.lease);
            vm.assertEq(state.readyAt, _now());
            vm.assertEq(state.funded, DEPOSIT);
        }
    }

    function testFuzz_TheMeterStartsAtTheTimeSigned(uint40 readyAt, uint40 arrivesAt) public {
        IMarket.LeaseRef memory ref = _open();
        arrivesAt = uint40(_bound(arrivesAt, T0, T0 + START - 1));
        readyAt = uint40(_bound(readyAt, T0, arrivesAt));
        vm.warp(arrivesAt);
        _markReady(ref, readyAt);
        vm.assertEq(market.owedAt(ref, readyAt), 0);
        vm.assertEq(market.owedAt(ref, readyAt + 3600), RATE);
        vm.assertEq(market.fundedUntil(ref), readyAt + uint256(DEPOSIT) * 3600 / RATE);
    }

    function test_UnmarkedTheMeterStartsAtTheDeadline() public {
        IMarket.LeaseRef memory ref = _open();
        vm.assertEq(market.owedAt(ref, uint40(T0 + START)), 0);
        vm.assertEq(market.owedAt(ref, uint40(T0 + START + 3600)), RATE);
    }

    function test_RevertGiven_TheDeadlineHasCome() public {
        IMarket.LeaseRef memory ref = _open();
        vm.warp(T0 + START);
        _expectRefused(ref, uint40(T0), TENANT_KEY, abi.encodeWithSelector(IMarket.AlreadyReady.selector, ref.lease));
    }

    function test_MarksInTheLastSecondBeforeTheDeadline() public {
        IMarket.LeaseRef memory ref = _open();
        vm.warp(T0 + START - 1);
        _markReady(ref, _now());
    }

    function test_RevertGiven_ItIsMarked() public {
        IMarket.LeaseRef memory ref = _openReady();
        _skip(1);
        _expectRefused(ref, _now(), TENANT_KEY, abi.encodeWithSelector(IMarket.AlreadyReady.selector, ref.lease));
    }

    function test_RevertGiven_ItWasAmendedAfterTheStart() public {
        IMarket.LeaseRef memory ref = _openReady();
        _skip(10);
        _amend(ref, _amendment(ref));
        _expectRefused(ref, _now(), TENANT_KEY, abi.encodeWithSelector(IMarket.AlreadyReady.selector, ref.lease));
    }

    function test_RevertGiven_TheLeaseIsUnknownOrClosed() public {
        IMarket.LeaseRef memory ref = _open();
        _close(tenant, ref, _now());
        bytes memory refusal = abi.encodeWithSelector(IMarket.LeaseNotOpen.selector, ref.lease);
        _expectRefused(ref, _now(), TENANT_KEY, refusal);
        ref.lease = "unknown";
        _expectRefused(ref, _now(), TENANT_KEY, abi.encodeWithSelector(IMarket.LeaseNotOpen.selector, ref.lease));
    }

    function test_RevertWhen_TheTermsAreNotItsTerms() public {
        IMarket.LeaseRef memory ref = _open();
        ref.terms.startDeadline += 1;
        _expectRefused(ref, _now(), TENANT_KEY, abi.encodeWithSelector(IMarket.TermsMismatch.selector, ref.lease));
    }

    function test_RevertWhen_TheTimeIsOutOfRange() public {
        IMarket.LeaseRef memory ref = _open();
        _skip(10);
        uint40[2] memory times = [uint40(T0 - 1), _now() + 1];
        for (uint256 i = 0; i < times.length; ++i) {
            bytes memory refusal = abi.encodeWithSelector(IMarket.ReadyOutOfRange.selector, times[i], T0, _now());
            _expectRefused(ref, times[i], TENANT_KEY, refusal);
        }
    }

    function test_RevertWhen_TheSignerIsNotOfTheBuyingSide() public {
        IMarket.LeaseRef memory ref = _open();
        _expectRefused(ref, _now(), HOT_KEY, abi.encodeWithSelector(IMarket.NotParty.selector, hot));
    }

    function test_RevertWhen_TheSignatureIsOfAnotherTimeOrLease() public {
        IMarket.LeaseRef memory ref = _open();
        bytes memory sig = _signed(TENANT_KEY, _hashReady(ref.lease, _now() - 1));
        vm.expectRevert(abi.encodeWithSelector(IMarket.InvalidSignature.selector, tenant));
        market.markReady(ref, _now(), tenant, sig);
        sig = _signed(TENANT_KEY, _hashReady("other", _now()));
        vm.expectRevert(abi.encodeWithSelector(IMarket.InvalidSignature.selector, tenant));
        market.markReady(ref, _now(), tenant, sig);
    }

    function test_RevertWhen_NobodySignsForAnAbsentWatcher() public {
        IMarket.Order memory order = _order();
        order.watcher = address(0);
        IMarket.LeaseRef memory ref = _open(order, _bid(order));
        bytes memory broken = abi.encodePacked(bytes32(uint256(1)), bytes32(uint256(1)), uint8(0));
        vm.expectRevert(abi.encodeWithSelector(IMarket.InvalidSignature.selector, address(0)));
        market.markReady(ref, _now(), address(0), broken);
    }

    function _expectRefused(IMarket.LeaseRef memory ref, uint40 readyAt, uint256 key, bytes memory refusal) private {
        bytes memory sig = _signed(key, _hashReady(ref.lease, readyAt));
        vm.expectRevert(refusal);
        market.markReady(ref, readyAt, vm.addr(key), sig);
    }
}
