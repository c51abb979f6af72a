// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMarket} from "../src/interfaces/IMarket.sol";
import {Fixture} from "./support/Fixture.sol";

/*
collect
├── an entry that is unknown, closed, on other terms, or owed nothing is skipped; the others are paid
├── given the meter has not started, or for less than a window ... nothing
├── given it ran for more than a window ........ what is owed a window ago, less what was collected
│   ├── the fee is taken, rounded against the operator
│   ├── calling twice pays once; calling often pays what calling once pays
│   └── never beyond fundedUntil
topUp
├── given the lease is not open, or on other terms ............... LeaseNotOpen, TermsMismatch
├── given it ran out of money (at fundedUntil to the second) ..... LeaseExhausted
├── when the amount is zero or above the caller's balance ........ AmountIsZero, BalanceTooSmall
└── otherwise: the caller pays, the lease lasts longer, nothing owed changes
views on a lease that is not open, or on other terms ............ LeaseNotOpen, TermsMismatch
*/
contract MarketCollectTest is Fixture {
    function testFuzz_PaysWhatIsOlderThanTheWindow(uint32 elapsed) public {
        IMarket.LeaseRef memory ref = _openReady();
        uint256 lasts = uint256(DEPOSIT) * 3600 / RATE;
        elapsed = uint32(_bound(elapsed, 0, 2 * lasts));
        _skip(elapsed);
        uint256 counted = elapsed <= WINDOW ? 0 : elapsed - WINDOW;
        uint256 expected = _cost(counted < lasts ? counted : lasts);
        vm.assertEq(market.collectable(ref), expected);
        vm.assertEq(_collect(ref), expected);
        vm.assertEq(_balance(cold), _net(expected));
        vm.assertEq(_balance(sink), expected - _net(expected));
        vm.assertEq(market.collectable(ref), 0);
        vm.assertEq(_collect(ref), 0);
    }

    function testFuzz_CollectingOftenPaysWhatCollectingOncePays(uint16[8] calldata waits) public {
        IMarket.LeaseRef memory often = _openReady();
        IMarket.LeaseRef memory once = _openReady();
        uint256 paid;
        for (uint256 i = 0; i < waits.length; ++i) {
            _skip(waits[i]);
            paid += _collect(often);
        }
        vm.assertEq(paid, _collect(once));
    }

    function test_NothingUpToTheWindowAndOneSecondAfterIt() public {
        IMarket.LeaseRef memory ref = _openReady();
        _skip(WINDOW);
        vm.assertEq(_collect(ref), 0);
        _skip(1);
        vm.expectEmit(address(market));
        emit IMarket.LeaseCollected(ref.lease, uint96(_cost(1)));
        vm.assertEq(_collect(ref), _cost(1));
        (IMarket.LeaseState memory state,) = market.leaseOf(ref.lease);
        vm.assertEq(state.collected, _cost(1));
    }

    function test_NothingBeforeTheMeterStarts() public {
        IMarket.Order memory order = _order();
        order.clawbackWindow = 0;
        IMarket.LeaseRef memory ref = _open(order, _bid(order));
        _skip(START);
        vm.assertEq(_collect(ref), 0);
        _skip(1);
        vm.assertEq(_collect(ref), _cost(1));
    }

    /// @dev A chain whose clock starts at zero, and a window longer than its past.
    function test_NothingWhenTheWindowReachesBeforeTheFirstSecond() public {
        vm.warp(1);
        IMarket.Order memory order = _order();
        order.clawbackWindow = 7 days;
        IMarket.LeaseRef memory ref = _openReady(order, _bid(order));
        _skip(7 days - 2);
        vm.assertEq(_collect(ref), 0);
        _close(tenant, ref, 0);
        _assertSettled(ref, 0, DEPOSIT - _owedAfter(7 days - 2), _owedAfter(7 days - 2));
    }

    function test_SkipsBadEntriesAndPaysTheRest() public {
        IMarket.LeaseRef[] memory refs = new IMarket.LeaseRef[](6);
        for (uint256 i = 0; i < 4; ++i) {
            refs[i] = _openReady();
        }
        _close(tenant, refs[0], _now());
        refs[1].terms.rate *= 2;
        refs[4].lease = "unknown";
        refs[5] = refs[2];
        _skip(WINDOW + 3600);
        vm.assertEq(market.collect(refs), 2 * RATE);
        vm.assertEq(_balance(cold), 2 * _net(RATE));
        vm.assertEq(market.collect(new IMarket.LeaseRef[](0)), 0);
    }

    function test_CollectsAfterTheMoneyRanOutButNeverMore() public {
        IMarket.LeaseRef memory ref = _openReady();
        uint256 lasts = uint256(DEPOSIT) * 3600 / RATE;
        _skip(lasts + WINDOW);
        vm.assertEq(_collect(ref), _cost(lasts));
        _skip(365 days);
        vm.assertEq(_collect(ref), 0);
        vm.assertTrue(_cost(lasts) <= DEPOSIT, "never beyond what is funded");
    }

    function testFuzz_TheFeeIsRoundedAgainstTheOperator(uint16 feeBps, uint32 elapsed) public {
        feeBps = uint16(_bound(feeBps, 0, 500));
        market = _newMarket(feeBps);
        _deposit(tenant, BALANCE);
        IMarket.LeaseRef memory ref = _openReady();
        _skip(_bound(elapsed, 0, 10 hours));
        uint256 paid = _collect(ref);
        vm.assertEq(_balance(cold), paid * (10_000 - feeBps) / 10_000);
        vm.assertEq(_balance(cold) + _balance(sink), paid);
    }

    // --- topUp ------------------------------------------------------------------------------------------------------

    function testFuzz_ToppingUpMakesItLastLonger(uint96 amount, uint32 elapsed) public {
        IMarket.LeaseRef memory ref = _openReady();
        elapsed = uint32(_bound(elapsed, 0, uint256(DEPOSIT) * 3600 / RATE - 1));
        amount = uint96(_bound(amount, 1, BALANCE - DEPOSIT));
        _skip(elapsed);
        uint256 owed = market.owedAt(ref, _now());
        vm.expectEmit(address(market));
        emit IMarket.LeaseToppedUp(ref.lease, amount, DEPOSIT + amount);
        vm.prank(tenant);
        market.topUp(ref, amount);
        vm.assertEq(market.owedAt(ref, _now()), owed);
        vm.assertEq(market.fundedUntil(ref), T0 + (uint256(DEPOSIT) + amount) * 3600 / RATE);
        vm.assertEq(_balance(tenant), BALANCE - DEPOSIT - amount);
    }

    function test_AnyoneMayTopUpFromItsOwnAccount() public {
        IMarket.LeaseRef memory ref = _openReady();
        _deposit(stranger, 5e6);
        vm.prank(stranger);
        market.topUp(ref, 5e6);
        vm.assertEq(_balance(stranger), 0);
        _close(hot, ref, 0);
        vm.assertEq(_balance(tenant), BALANCE + 5e6);
    }

    function test_RevertGiven_ItRanOutOfMoney() public {
        IMarket.LeaseRef memory ref = _openReady();
        uint40 until = market.fundedUntil(ref);
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(IMarket.LeaseExhausted.selector, ref.lease, until));
        vm.prank(tenant);
        market.topUp(ref, 1e6);
        vm.warp(until - 1);
        vm.prank(tenant);
        market.topUp(ref, 1e6);
    }

    function test_RevertWhen_TheAmountIsZeroOrTooLarge() public {
        IMarket.LeaseRef memory ref = _openReady();
        vm.expectRevert(IMarket.AmountIsZero.selector);
        vm.prank(tenant);
        market.topUp(ref, 0);
        vm.expectRevert(abi.encodeWithSelector(IMarket.BalanceTooSmall.selector, 0, 1));
        vm.prank(stranger);
        market.topUp(ref, 1);
    }

    function test_RevertGiven_ToppingUpWhatIsNotOpen() public {
        IMarket.LeaseRef memory ref = _openReady();
        IMarket.LeaseRef memory other = _openReady();
        other.terms.rate += 1;
        _close(tenant, ref, _now());
        vm.expectRevert(abi.encodeWithSelector(IMarket.LeaseNotOpen.selector, ref.lease));
        vm.prank(tenant);
        market.topUp(ref, 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.TermsMismatch.selector, other.lease));
        vm.prank(tenant);
        market.topUp(other, 1);
    }

    // --- views ------------------------------------------------------------------------------------------------------

    function test_RevertGiven_ViewsOfWhatIsNotOpen() public {
        IMarket.LeaseRef memory ref = _openReady();
        ref.terms.rate += 1;
        _expectViewsRefuse(ref, abi.encodeWithSelector(IMarket.TermsMismatch.selector, ref.lease));
        ref.lease = "unknown";
        _expectViewsRefuse(ref, abi.encodeWithSelector(IMarket.LeaseNotOpen.selector, ref.lease));
    }

    function _expectViewsRefuse(IMarket.LeaseRef memory ref, bytes memory refusal) private {
        vm.expectRevert(refusal);
        market.fundedUntil(ref);
        vm.expectRevert(refusal);
        market.owedAt(ref, 0);
        vm.expectRevert(refusal);
        market.collectable(ref);
    }

    function _owedAfter(uint256 elapsed) private pure returns (uint256) {
        uint256 lasts = uint256(DEPOSIT) * 3600 / RATE;
        return _cost(elapsed < lasts ? elapsed : lasts);
    }
}
