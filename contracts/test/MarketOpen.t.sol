// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Market} from "../src/Market.sol";
import {IMarket} from "../src/interfaces/IMarket.sol";
import {Fixture} from "./support/Fixture.sol";

/*
open
├── the order or the bid is not good
│   ├── when the order has expired ............................. OrderExpired (its last second still opens)
│   ├── when a window is too long .............................. WindowTooLong (the longest still opens)
│   ├── when the tenant has cancelled since .................... CounterMismatch
│   ├── when the bid is on another order ....................... BidForOtherOrder
│   ├── when the bid has expired ............................... BidExpired (its last second still opens)
│   ├── when the rate is zero or above the ceiling ............. RateIsZero, RateAboveCeiling
│   ├── when the deposit is zero ............................... AmountIsZero
│   └── when the balance is too small .......................... BalanceTooSmall
├── the operator has not agreed
│   ├── when it is unknown or bonded below the minimum ......... OperatorNotActive
│   └── when neither caller nor signer is its hot key .......... InvalidSignature
├── the tenant has not agreed
│   ├── when the acceptance is by another, of another bid ...... InvalidSignature
│   ├── when the agent accepts without the signed order ........ InvalidSignature
│   ├── when the order names no agent .......................... InvalidSignature
│   └── when it was signed for another market or chain ......... InvalidSignature
└── all have agreed
    ├── given it was open before, closed or not ................ LeaseExists
    └── given it was not: the deposit is locked, the terms stored and told
        ├── by the hot key with the tenant's acceptance
        ├── by the hot key with the agent's acceptance
        └── by anyone with the bid signed
*/
contract MarketOpenTest is Fixture {
    function test_HotKeyOpensWithTheTenantsAcceptance() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        vm.expectEmit(address(market));
        emit IMarket.LeaseOpened(_hash(order), tenant, cold, _terms(order, bid), DEPOSIT);
        IMarket.LeaseRef memory ref = _open(order, bid);

        vm.assertEq(ref.lease, _hash(order));
        (IMarket.LeaseState memory state, bytes32 termsHash) = market.leaseOf(ref.lease);
        vm.assertEq(termsHash, keccak256(abi.encode(ref.terms)));
        vm.assertEq(state.funded, DEPOSIT);
        vm.assertEq(state.collected, 0);
        vm.assertEq(state.readyAt, 0);
        vm.assertEq(state.status, 1);
        vm.assertEq(_balance(tenant), BALANCE - DEPOSIT);
    }

    function test_HotKeyOpensWithTheAgentsAcceptance() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bytes memory orderSig = _signed(TENANT_KEY, _hash(order));
        bytes memory acceptance = _signed(AGENT_KEY, _hashAcceptance(bid));
        vm.prank(hot);
        market.open(order, bid, orderSig, acceptance, "");
        vm.assertEq(_status(_hash(order)), 1);
    }

    function test_AnyoneOpensWithTheBidSigned() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bytes memory acceptance = _signed(TENANT_KEY, _hashAcceptance(bid));
        bytes memory bidSig = _signed(HOT_KEY, _hash(bid));
        vm.prank(stranger);
        market.open(order, bid, "", acceptance, bidSig);
        vm.assertEq(_status(_hash(order)), 1);
    }

    function test_OpensInTheLastSecondOfOrderAndBid() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        order.expiresAt = bid.expiresAt = _now() + 5;
        bid.order = _hash(order);
        _skip(5);
        _open(order, bid);
    }

    function test_OpensAtTheCeilingWithTheLongestWindows() public {
        IMarket.Order memory order = _order();
        order.clawbackWindow = 7 days;
        order.startWindow = 1 days;
        order.deposit = BALANCE;
        IMarket.Bid memory bid = _bid(order);
        bid.rate = order.maxRate;
        _open(order, bid);
        vm.assertEq(_balance(tenant), 0);
    }

    function testFuzz_LocksTheDeposit(uint96 deposit, uint96 rate, uint96 maxRate, uint96 minimumCharge) public {
        IMarket.Order memory order = _order();
        order.deposit = uint96(_bound(deposit, 1, BALANCE));
        order.maxRate = uint96(_bound(maxRate, 1, type(uint96).max));
        IMarket.Bid memory bid = _bid(order);
        bid.rate = uint96(_bound(rate, 1, order.maxRate));
        bid.minimumCharge = minimumCharge;
        IMarket.LeaseRef memory ref = _open(order, bid);
        (IMarket.LeaseState memory state,) = market.leaseOf(ref.lease);
        vm.assertEq(state.funded, order.deposit);
        vm.assertEq(_balance(tenant), BALANCE - order.deposit);
    }

    // --- the order or the bid is not good ---------------------------------------------------------------------------

    function test_RevertWhen_OrderExpired() public {
        IMarket.Order memory order = _order();
        order.expiresAt = _now() - 1;
        _expectRefused(
            order, _bid(order), abi.encodeWithSelector(IMarket.OrderExpired.selector, order.expiresAt, _now())
        );
    }

    function test_RevertWhen_ClawbackWindowTooLong() public {
        IMarket.Order memory order = _order();
        order.clawbackWindow = 7 days + 1;
        _expectRefused(order, _bid(order), abi.encodeWithSelector(IMarket.WindowTooLong.selector, 7 days + 1, 7 days));
    }

    function test_RevertWhen_StartWindowTooLong() public {
        IMarket.Order memory order = _order();
        order.startWindow = 1 days + 1;
        _expectRefused(order, _bid(order), abi.encodeWithSelector(IMarket.WindowTooLong.selector, 1 days + 1, 1 days));
    }

    function test_RevertWhen_TenantHasCancelled() public {
        IMarket.Order memory order = _order();
        vm.prank(tenant);
        market.cancelAll();
        _expectRefused(order, _bid(order), abi.encodeWithSelector(IMarket.CounterMismatch.selector, 0, 1));
    }

    function test_RevertWhen_CounterIsAhead() public {
        IMarket.Order memory order = _order();
        order.counter = 1;
        _expectRefused(order, _bid(order), abi.encodeWithSelector(IMarket.CounterMismatch.selector, 1, 0));
    }

    function test_RevertWhen_BidIsOnAnotherOrder() public {
        IMarket.Order memory order = _order();
        IMarket.Order memory other = _order();
        bytes memory refusal = abi.encodeWithSelector(IMarket.BidForOtherOrder.selector, _hash(order), _hash(other));
        _expectRefused(order, _bid(other), refusal);
    }

    function test_RevertWhen_BidExpired() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bid.expiresAt = _now() - 1;
        _expectRefused(order, bid, abi.encodeWithSelector(IMarket.BidExpired.selector, bid.expiresAt, _now()));
    }

    function test_RevertWhen_RateIsZero() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bid.rate = 0;
        _expectRefused(order, bid, abi.encodeWithSelector(IMarket.RateIsZero.selector));
    }

    function test_RevertWhen_RateIsAboveTheCeiling() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bid.rate = order.maxRate + 1;
        _expectRefused(
            order, bid, abi.encodeWithSelector(IMarket.RateAboveCeiling.selector, order.maxRate + 1, order.maxRate)
        );
    }

    function test_RevertWhen_DepositIsZero() public {
        IMarket.Order memory order = _order();
        order.deposit = 0;
        _expectRefused(order, _bid(order), abi.encodeWithSelector(IMarket.AmountIsZero.selector));
    }

    function test_RevertWhen_BalanceIsTooSmall() public {
        IMarket.Order memory order = _order();
        order.deposit = BALANCE + 1;
        _expectRefused(
            order, _bid(order), abi.encodeWithSelector(IMarket.BalanceTooSmall.selector, BALANCE, BALANCE + 1)
        );
    }

    function test_RevertWhen_TokenIsNotAllowed() public {
        IMarket.Order memory order = _order();
        order.token = address(0xdead);
        _expectRefused(order, _bid(order), abi.encodeWithSelector(IMarket.BalanceTooSmall.selector, 0, DEPOSIT));
    }

    // --- the operator has not agreed --------------------------------------------------------------------------------

    function test_RevertWhen_OperatorIsUnknown() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bid.operator = stranger;
        _expectRefused(order, bid, abi.encodeWithSelector(IMarket.OperatorNotActive.selector, stranger));
    }

    function test_RevertWhen_OperatorIsBondedBelowTheMinimum() public {
        vm.prank(cold);
        operators.unbond(1);
        IMarket.Order memory order = _order();
        _expectRefused(order, _bid(order), abi.encodeWithSelector(IMarket.OperatorNotActive.selector, cold));
    }

    function test_RevertWhen_BidIsNotSigned() public {
        _expectBidSigRefused("");
    }

    function test_RevertWhen_BidIsSignedByTheColdKey() public {
        IMarket.Order memory order = _order();
        _expectBidSigRefused(order, _signed(COLD_KEY, _hash(_bid(order))));
    }

    function test_RevertWhen_BidIsSignedByARotatedKey() public {
        vm.prank(cold);
        operators.rotateHotKey(stranger);
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bytes memory acceptance = _signed(TENANT_KEY, _hashAcceptance(bid));
        bytes memory bidSig = _signed(HOT_KEY, _hash(bid));
        vm.expectRevert(abi.encodeWithSelector(IMarket.InvalidSignature.selector, stranger));
        market.open(order, bid, "", acceptance, bidSig);
    }

    // --- the tenant has not agreed ----------------------------------------------------------------------------------

    function test_RevertWhen_AcceptanceIsByAnother() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        _expectAcceptanceRefused(order, bid, "", _signed(STRANGER_KEY, _hashAcceptance(bid)), tenant);
    }

    function test_RevertWhen_AcceptanceIsByTheWatcher() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bytes memory orderSig = _signed(TENANT_KEY, _hash(order));
        _expectAcceptanceRefused(order, bid, orderSig, _signed(WATCHER_KEY, _hashAcceptance(bid)), agent);
    }

    function test_RevertWhen_AcceptanceIsOfAnotherBid() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bytes memory acceptance = _signed(TENANT_KEY, _hashAcceptance(bid));
        bid.rate += 1;
        _expectAcceptanceRefused(order, bid, "", acceptance, tenant);
    }

    function test_RevertWhen_AgentAcceptsWithoutTheSignedOrder() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        _expectAcceptanceRefused(order, bid, "", _signed(AGENT_KEY, _hashAcceptance(bid)), tenant);
    }

    function test_RevertWhen_AgentSignedTheOrderItself() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bytes memory orderSig = _signed(AGENT_KEY, _hash(order));
        _expectAcceptanceRefused(order, bid, orderSig, _signed(AGENT_KEY, _hashAcceptance(bid)), tenant);
    }

    function test_RevertWhen_OrderNamesNoAgent() public {
        IMarket.Order memory order = _order();
        order.agent = address(0);
        IMarket.Bid memory bid = _bid(order);
        bytes memory orderSig = _signed(TENANT_KEY, _hash(order));
        bytes memory broken = abi.encodePacked(bytes32(uint256(1)), bytes32(uint256(1)), uint8(0));
        _expectAcceptanceRefused(order, bid, orderSig, broken, address(0));
    }

    function testFuzz_RevertWhen_SignatureIsGarbage(bytes calldata garbage) public {
        IMarket.Order memory order = _order();
        _expectAcceptanceRefused(order, _bid(order), "", garbage, tenant);
    }

    function test_RevertWhen_SignedForAnotherMarket() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bytes memory acceptance = _signed(TENANT_KEY, _hashAcceptance(bid));
        market = _newMarket(FEE_BPS);
        _deposit(tenant, BALANCE);
        _expectAcceptanceRefused(order, bid, "", acceptance, tenant);
    }

    function test_RevertWhen_SignedForAnotherChain() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bytes memory acceptance = _signed(TENANT_KEY, _hashAcceptance(bid));
        vm.chainId(31_338);
        _expectAcceptanceRefused(order, bid, "", acceptance, tenant);
    }

    // --- all have agreed --------------------------------------------------------------------------------------------

    function test_RevertGiven_TheLeaseIsOpen() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        _open(order, bid);
        _expectRefused(order, bid, abi.encodeWithSelector(IMarket.LeaseExists.selector, _hash(order)));
    }

    function test_RevertGiven_TheLeaseIsOpenOnAnotherBid() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        _open(order, bid);
        bid.rate -= 1;
        _expectRefused(order, bid, abi.encodeWithSelector(IMarket.LeaseExists.selector, _hash(order)));
    }

    function test_RevertGiven_TheLeaseIsClosed() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        IMarket.LeaseRef memory ref = _open(order, bid);
        _close(hot, ref, 0);
        _expectRefused(order, bid, abi.encodeWithSelector(IMarket.LeaseExists.selector, ref.lease));
    }

    // --- within -----------------------------------------------------------------------------------------------------

    /// @dev All signatures are good; `refusal` is the only thing in the way.
    function _expectRefused(IMarket.Order memory order, IMarket.Bid memory bid, bytes memory refusal) private {
        bytes memory acceptance = _signed(TENANT_KEY, _hashAcceptance(bid));
        vm.expectRevert(refusal);
        vm.prank(hot);
        market.open(order, bid, "", acceptance, "");
    }

    function _expectBidSigRefused(bytes memory bidSig) private {
        _expectBidSigRefused(_order(), bidSig);
    }

    function _expectBidSigRefused(IMarket.Order memory order, bytes memory bidSig) private {
        IMarket.Bid memory bid = _bid(order);
        bytes memory acceptance = _signed(TENANT_KEY, _hashAcceptance(bid));
        vm.expectRevert(abi.encodeWithSelector(IMarket.InvalidSignature.selector, hot));
        vm.prank(stranger);
        market.open(order, bid, "", acceptance, bidSig);
    }

    function _expectAcceptanceRefused(
        IMarket.Order memory order,
        IMarket.Bid memory bid,
        bytes memory orderSig,
        bytes memory acceptance,
        address signer
    ) private {
        vm.expectRevert(abi.encodeWithSelector(IMarket.InvalidSignature.selector, signer));
        vm.prank(hot);
        market.open(order, bid, orderSig, acceptance, "");
    }
}
