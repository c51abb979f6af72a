// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMarket} from "../src/interfaces/IMarket.sol";
import {Fixture} from "./support/Fixture.sol";

/*
close
├── given the lease is not open, or on other terms ......... LeaseNotOpen, TermsMismatch
├── when the caller is nobody to it ........................ NotParty
├── given the meter has not started ........................ everything returns, whoever closes
├── when the buying side closes
│   ├── when the effective time is in the future ........... EffectiveInFuture
│   ├── when it is now ..................................... pay up to now, nothing clawed back
│   ├── when it is within the window ....................... pay up to it; from it to now to the fee sink
│   ├── when it is older ................................... counts as one window ago
│   ├── given the minimum charge is more ................... that is paid, as far as the deposit goes
│   └── given some was collected ........................... it stays collected
└── when the operator closes, by hot or cold key ........... pay up to now, no minimum charge
closeExhausted
├── when now is before fundedUntil ......................... NotExhausted
└── otherwise, from that second on, by anyone .............. all that time allows is paid, the dust returns
always: paid + refunded + clawed back = the deposit; the slot keeps its tombstone alone
*/
contract MarketCloseTest is Fixture {
    // --- the buying side --------------------------------------------------------------------------------------------

    function testFuzz_TheBuyingSideCloses(uint32 elapsed, uint32 back, uint96 minimumCharge, uint8 who) public {
        minimumCharge = uint96(_bound(minimumCharge, 0, 2 * DEPOSIT));
        elapsed = uint32(_bound(elapsed, 0, 12 hours));
        IMarket.LeaseRef memory ref = _openReadyWithMinimum(minimumCharge);
        _skip(elapsed);
        address by = [tenant, agent, watcher][who % 3];
        uint40 effectiveAt = uint40(_now() - _bound(back, 0, 2 * WINDOW));
        _close(by, ref, effectiveAt);

        uint256 kept = _min(_now() - effectiveAt, WINDOW);
        uint256 due = elapsed <= kept ? 0 : _costWithin(elapsed - kept);
        due = _max(due, _min(minimumCharge, DEPOSIT));
        uint256 owed = _costWithin(elapsed);
        _assertSettled(ref, due, DEPOSIT - _max(owed, due), owed > due ? owed - due : 0);
    }

    function testFuzz_WhatWasCollectedStaysCollected(uint32 elapsed, uint32 more, uint32 back) public {
        IMarket.LeaseRef memory ref = _openReady();
        elapsed = uint32(_bound(elapsed, 0, 6 hours));
        more = uint32(_bound(more, 0, 6 hours));
        _skip(elapsed);
        uint256 collected = _collect(ref);
        _skip(more);
        uint40 effectiveAt = uint40(_now() - _bound(back, 0, WINDOW));
        _close(tenant, ref, effectiveAt);
        uint256 due = effectiveAt <= T0 ? 0 : _costWithin(effectiveAt - T0);
        vm.assertTrue(collected <= due, "the window protects what was collected");
        uint256 owed = _costWithin(_now() - T0);
        _assertClosedAfterCollecting(ref, collected, due, owed);
    }

    function test_ClosingNowClawsNothingBack() public {
        IMarket.LeaseRef memory ref = _openReady();
        _skip(3600);
        _expectClosed(ref, IMarket.ClosedBy.Tenant, true, _now(), RATE, DEPOSIT - RATE, 0);
        _close(tenant, ref, _now());
        _assertSettled(ref, RATE, DEPOSIT - RATE, 0);
    }

    function test_ClosingAtExactlyTheWindowAndOneSecondBeyond() public {
        IMarket.LeaseRef memory ref = _openReady();
        _skip(3600);
        uint256 snapshot = _cost(3600 - WINDOW);
        uint40 earliest = _now() - WINDOW;
        _expectClosed(ref, IMarket.ClosedBy.Agent, true, earliest, snapshot, DEPOSIT - RATE, RATE - uint96(snapshot));
        _close(agent, ref, earliest - 1);
        _assertSettled(ref, snapshot, DEPOSIT - RATE, RATE - snapshot);
    }

    function test_RevertWhen_TheEffectiveTimeIsInTheFuture() public {
        IMarket.LeaseRef memory ref = _openReady();
        vm.expectRevert(abi.encodeWithSelector(IMarket.EffectiveInFuture.selector, _now() + 1, _now()));
        _close(tenant, ref, _now() + 1);
    }

    function test_TheMinimumChargeIsDueFromTheFirstSecondOfTheMeter() public {
        IMarket.LeaseRef memory ref = _openReadyWithMinimum(3e6);
        _close(watcher, ref, _now());
        _assertSettled(ref, 3e6, DEPOSIT - 3e6, 0);
    }

    function test_TheMinimumChargeGoesAsFarAsTheDeposit() public {
        IMarket.LeaseRef memory ref = _openReadyWithMinimum(DEPOSIT + 1);
        _close(tenant, ref, _now());
        _assertSettled(ref, DEPOSIT, 0, 0);
    }

    /// @dev Owed 2 by now, minimum 1.5, effective back when 1 was owed: 1.5 is paid and the rest of what was owed clawed back.
    function test_TheMinimumChargeLimitsTheClawback() public {
        IMarket.Order memory order = _order();
        order.clawbackWindow = 3600;
        IMarket.Bid memory bid = _bid(order);
        bid.minimumCharge = RATE + RATE / 2;
        IMarket.LeaseRef memory ref = _openReady(order, bid);
        _skip(7200);
        _close(tenant, ref, _now() - 3600);
        _assertSettled(ref, bid.minimumCharge, DEPOSIT - 2 * RATE, 2 * RATE - bid.minimumCharge);
    }

    // --- before the meter started -----------------------------------------------------------------------------------

    function testFuzz_BeforeTheMeterStartsEverythingReturns(uint32 elapsed, uint96 minimumCharge, uint8 who) public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bid.minimumCharge = minimumCharge;
        IMarket.LeaseRef memory ref = _open(order, bid);
        _skip(_bound(elapsed, 0, START - 1));
        address by = [tenant, agent, watcher, hot, cold][who % 5];
        _close(by, ref, uint40(T0));
        _assertSettled(ref, 0, DEPOSIT, 0);
    }

    function test_TheLastSecondBeforeTheDeadlineAndTheDeadline() public {
        IMarket.LeaseRef memory ref = _open();
        vm.warp(T0 + START - 1);
        _expectClosed(ref, IMarket.ClosedBy.Tenant, false, _now(), 0, DEPOSIT, 0);
        _close(tenant, ref, _now());

        vm.warp(T0);
        ref = _open();
        vm.warp(T0 + START);
        _expectClosed(ref, IMarket.ClosedBy.Tenant, true, _now(), 0, DEPOSIT, 0);
        _close(tenant, ref, _now());
    }

    // --- the operator -----------------------------------------------------------------------------------------------

    function testFuzz_TheOperatorClosesNow(uint32 elapsed, uint40 effectiveAt, bool isCold) public {
        elapsed = uint32(_bound(elapsed, 0, 12 hours));
        IMarket.LeaseRef memory ref = _openReadyWithMinimum(DEPOSIT);
        _skip(elapsed);
        uint256 owed = _costWithin(elapsed);
        _expectClosed(ref, IMarket.ClosedBy.Operator, true, _now(), owed, DEPOSIT - owed, 0);
        _close(isCold ? cold : hot, ref, effectiveAt);
        _assertSettled(ref, owed, DEPOSIT - owed, 0);
    }

    function test_AnOperatorBelowTheMinimumBondStillCloses() public {
        IMarket.LeaseRef memory ref = _openReady();
        vm.prank(cold);
        operators.unbond(BOND);
        _close(hot, ref, 0);
        _assertSettled(ref, 0, DEPOSIT, 0);
    }

    function test_TheHotKeyOfTheDayCloses() public {
        IMarket.LeaseRef memory ref = _openReady();
        vm.prank(cold);
        operators.rotateHotKey(stranger);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotParty.selector, hot));
        _close(hot, ref, 0);
        _close(stranger, ref, 0);
        _assertSettled(ref, 0, DEPOSIT, 0);
    }

    // --- nobody, nothing --------------------------------------------------------------------------------------------

    function test_RevertWhen_TheCallerIsNobodyToIt() public {
        IMarket.LeaseRef memory ref = _openReady();
        _register(vm.addr(99), stranger);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotParty.selector, stranger));
        _close(stranger, ref, _now());
    }

    function test_RevertGiven_ItIsClosed() public {
        IMarket.LeaseRef memory ref = _openReady();
        _close(tenant, ref, _now());
        bytes memory refusal = abi.encodeWithSelector(IMarket.LeaseNotOpen.selector, ref.lease);
        vm.expectRevert(refusal);
        _close(tenant, ref, _now());
        vm.expectRevert(refusal);
        _close(hot, ref, _now());
        vm.expectRevert(refusal);
        market.closeExhausted(ref);
        vm.expectRevert(refusal);
        _closeSigned(hot, ref, _now(), TENANT_KEY);
    }

    function testFuzz_RevertWhen_AnyTermIsChanged(uint8 which) public {
        IMarket.LeaseRef memory ref = _openReady();
        _change(ref.terms, which % 11);
        vm.expectRevert(abi.encodeWithSelector(IMarket.TermsMismatch.selector, ref.lease));
        _close(ref.terms.tenant, ref, _now());
    }

    // --- closeExhausted ---------------------------------------------------------------------------------------------

    function testFuzz_AnyoneClosesWhatRanOut(uint32 late, bool hasCollected) public {
        IMarket.LeaseRef memory ref = _openReadyWithMinimum(DEPOSIT);
        uint40 until = market.fundedUntil(ref);
        vm.warp(uint256(until) + late);
        uint256 collected = hasCollected ? _collect(ref) : 0;
        uint256 owed = _costWithin(type(uint32).max);
        _expectClosed(ref, IMarket.ClosedBy.Exhausted, true, until, owed - collected, DEPOSIT - owed, 0);
        vm.prank(stranger);
        market.closeExhausted(ref);
        _assertClosedAfterCollecting(ref, collected, owed, owed);
    }

    function test_RevertWhen_MoneyIsLeftForASecond() public {
        IMarket.LeaseRef memory ref = _openReady();
        uint40 until = market.fundedUntil(ref);
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotExhausted.selector, ref.lease, until));
        market.closeExhausted(ref);
        vm.warp(until);
        market.closeExhausted(ref);
    }

    function test_ADepositThatBuysNoSecondRunsOutAtTheStart() public {
        IMarket.Order memory order = _order();
        order.deposit = 1;
        IMarket.LeaseRef memory ref = _open(order, _bid(order));
        vm.assertEq(market.fundedUntil(ref), T0 + START);
        vm.warp(T0 + START);
        market.closeExhausted(ref);
        vm.assertEq(_balance(tenant), BALANCE);
        vm.assertEq(_balance(cold), 0);
    }

    // --- within -----------------------------------------------------------------------------------------------------

    function _expectClosed(
        IMarket.LeaseRef memory ref,
        IMarket.ClosedBy by,
        bool wasReady,
        uint40 effectiveAt,
        uint256 paid,
        uint256 refunded,
        uint256 clawedBack
    ) private {
        vm.expectEmit(address(market));
        emit IMarket.LeaseClosed(
            ref.lease, tenant, cold, by, wasReady, effectiveAt, uint96(paid), uint96(refunded), uint96(clawedBack)
        );
    }

    /// @dev As `_assertSettled` where the fee was rounded twice.
    function _assertClosedAfterCollecting(IMarket.LeaseRef memory ref, uint256 collected, uint256 due, uint256 owed)
        private
        view
    {
        uint256 net = _net(collected) + _net(due - collected);
        vm.assertEq(_balance(cold), net, "operator");
        vm.assertEq(_balance(sink), owed - net, "sink");
        vm.assertEq(_balance(tenant), BALANCE - owed, "tenant");
        vm.assertEq(_status(ref.lease), 2, "status");
    }

    function _change(IMarket.Terms memory terms, uint256 which) private pure {
        if (which == 0) terms.tenant = address(1);
        if (which == 1) terms.agent = address(1);
        if (which == 2) terms.watcher = address(1);
        if (which == 3) terms.operator = address(1);
        if (which == 4) terms.token = address(1);
        if (which == 5) terms.rate += 1;
        if (which == 6) terms.minimumCharge += 1;
        if (which == 7) terms.clawbackWindow += 1;
        if (which == 8) terms.openedAt += 1;
        if (which == 9) terms.startDeadline += 1;
        if (which == 10) terms.revision += 1;
    }

    function _costWithin(uint256 elapsed) private pure returns (uint256) {
        return _cost(_min(elapsed, uint256(DEPOSIT) * 3600 / RATE));
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }

    function _max(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a : b;
    }
}
