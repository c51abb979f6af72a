// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMarket} from "../src/interfaces/IMarket.sol";
import {Fixture} from "./support/Fixture.sol";

/*
closeSigned
├── given the lease is not open, or on other terms ......... LeaseNotOpen, TermsMismatch
├── when the signer is not of the buying side .............. NotParty
├── when the signature is of another lease or time ......... InvalidSignature
├── when the effective time is in the future ............... EffectiveInFuture, whoever brings it
├── when anyone brings it .................................. as close by the signer
└── when the operator brings it, by hot or cold key
    ├── what is unearned then returns to the tenant, at any age
    ├── what was collected stays collected
    └── the minimum charge is due once the meter has started
*/
contract MarketCloseSignedTest is Fixture {
    function testFuzz_BroughtByAnyoneItIsACloseByTheSigner(uint32 elapsed, uint32 back, uint8 who) public {
        elapsed = uint32(_bound(elapsed, 0, 8 hours));
        IMarket.LeaseRef memory ref = _openReady();
        _skip(elapsed);
        uint40 effectiveAt = uint40(_now() - _bound(back, 0, 2 * WINDOW));
        _closeSigned(stranger, ref, effectiveAt, [TENANT_KEY, AGENT_KEY, WATCHER_KEY][who % 3]);
        uint256 kept = _now() - effectiveAt < WINDOW ? _now() - effectiveAt : WINDOW;
        uint256 due = elapsed <= kept ? 0 : _cost(elapsed - kept);
        _assertSettled(ref, due, DEPOSIT - _cost(elapsed), _cost(elapsed) - due);
    }

    function testFuzz_BroughtByTheOperatorWhatIsUnearnedReturns(uint32 elapsed, uint40 effectiveAt, bool isCold)
        public
    {
        elapsed = uint32(_bound(elapsed, 0, 8 hours));
        IMarket.LeaseRef memory ref = _openReady();
        _skip(elapsed);
        effectiveAt = uint40(_bound(effectiveAt, 0, _now()));
        _closeSigned(isCold ? cold : hot, ref, effectiveAt, TENANT_KEY);
        uint256 due = effectiveAt <= T0 ? 0 : _cost(effectiveAt - T0);
        _assertSettled(ref, due, DEPOSIT - due, 0);
    }

    function test_BroughtByTheOperatorWhatWasCollectedStays() public {
        IMarket.LeaseRef memory ref = _openReady();
        _skip(3600 + WINDOW);
        vm.assertEq(_collect(ref), RATE);
        vm.expectEmit(address(market));
        emit IMarket.LeaseClosed(
            ref.lease, tenant, cold, IMarket.ClosedBy.Watcher, true, uint40(T0), 0, DEPOSIT - RATE, 0
        );
        _closeSigned(hot, ref, uint40(T0), WATCHER_KEY);
        _assertSettled(ref, RATE, DEPOSIT - RATE, 0);
    }

    function test_BroughtByTheOperatorTheMinimumChargeIsDue() public {
        IMarket.LeaseRef memory ref = _openReadyWithMinimum(4e6);
        _skip(3600);
        _closeSigned(hot, ref, uint40(T0), TENANT_KEY);
        _assertSettled(ref, 4e6, DEPOSIT - 4e6, 0);
    }

    function test_BroughtByTheOperatorBeforeTheStartEverythingReturns() public {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bid.minimumCharge = 4e6;
        IMarket.LeaseRef memory ref = _open(order, bid);
        _closeSigned(hot, ref, _now(), TENANT_KEY);
        _assertSettled(ref, 0, DEPOSIT, 0);
    }

    function test_RevertWhen_TheEffectiveTimeIsInTheFuture() public {
        IMarket.LeaseRef memory ref = _openReady();
        bytes memory refusal = abi.encodeWithSelector(IMarket.EffectiveInFuture.selector, _now() + 1, _now());
        _expectRefused(hot, ref, _now() + 1, TENANT_KEY, refusal);
        _expectRefused(stranger, ref, _now() + 1, TENANT_KEY, refusal);
    }

    function test_RevertWhen_TheSignerIsNotOfTheBuyingSide() public {
        IMarket.LeaseRef memory ref = _openReady();
        _expectRefused(hot, ref, _now(), HOT_KEY, abi.encodeWithSelector(IMarket.NotParty.selector, hot));
    }

    function test_RevertWhen_TheSignatureIsOfAnotherTimeLeaseOrKey() public {
        IMarket.LeaseRef memory ref = _openReady();
        bytes[3] memory sigs = [
            _signed(TENANT_KEY, _hashClose(ref.lease, _now() - 1)),
            _signed(TENANT_KEY, _hashClose("other", _now())),
            _signed(HOT_KEY, _hashClose(ref.lease, _now()))
        ];
        for (uint256 i = 0; i < sigs.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IMarket.InvalidSignature.selector, tenant));
            vm.prank(hot);
            market.closeSigned(ref, _now(), tenant, sigs[i]);
        }
    }

    /// @dev Ready and Close have the same fields: their type hashes keep one from passing for the other.
    function test_RevertWhen_AReadyIsBroughtAsAClose() public {
        IMarket.LeaseRef memory ref = _openReady();
        bytes memory sig = _signed(TENANT_KEY, _hashReady(ref.lease, _now()));
        vm.expectRevert(abi.encodeWithSelector(IMarket.InvalidSignature.selector, tenant));
        market.closeSigned(ref, _now(), tenant, sig);
    }

    function test_RevertWhen_TheTermsAreNotItsTerms() public {
        IMarket.LeaseRef memory ref = _openReady();
        ref.terms.clawbackWindow = 0;
        bytes memory refusal = abi.encodeWithSelector(IMarket.TermsMismatch.selector, ref.lease);
        _expectRefused(stranger, ref, _now(), TENANT_KEY, refusal);
    }

    function _expectRefused(
        address by,
        IMarket.LeaseRef memory ref,
        uint40 effectiveAt,
        uint256 key,
        bytes memory refusal
    ) private {
        bytes memory sig = _signed(key, _hashClose(ref.lease, effectiveAt));
        vm.expectRevert(refusal);
        vm.prank(by);
        market.closeSigned(ref, effectiveAt, vm.addr(key), sig);
    }
}
