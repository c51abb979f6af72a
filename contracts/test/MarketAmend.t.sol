// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMarket} from "../src/interfaces/IMarket.sol";
import {Fixture} from "./support/Fixture.sol";

/*
amend
├── given the lease is not open, or on other terms ......... LeaseNotOpen, TermsMismatch
├── given it ran out of money .............................. LeaseExhausted
├── when the amendment has expired ......................... AmendmentExpired (its last second still counts)
├── when it is of another lease or of other terms, as one applied before . TermsMismatch
├── when the new rate is zero .............................. RateIsZero
├── when the signer is neither tenant nor agent ............ NotParty
├── when the agent raises rate or minimum charge, or takes a deposit ..... AgentBeyondTerms
├── when the tenant's balance is too small ................. BalanceTooSmall
├── given the operator is bonded below the minimum ......... OperatorNotActive
├── when either signature is not good ...................... InvalidSignature
└── otherwise: pays what is owed, counts anew from now, under new terms
    ├── given the meter had started ........................ it restarts now; nothing before it can be clawed back
    └── given it had not ................................... nothing is paid, start deadline and Ready stand
*/
contract MarketAmendTest is Fixture {
    function testFuzz_PaysUpToNowAndCountsAnew(uint32 elapsed, uint32 more, uint96 rate, uint96 deposit) public {
        IMarket.LeaseRef memory ref = _openReady();
        elapsed = uint32(_bound(elapsed, 0, uint256(DEPOSIT) * 3600 / RATE - 1));
        _skip(elapsed);
        uint256 collected = _collect(ref);
        IMarket.Amendment memory amendment = _amendment(ref);
        amendment.rate = uint96(_bound(rate, 1, 100e6));
        amendment.deposit = uint96(_bound(deposit, 0, BALANCE - DEPOSIT));
        _amend(ref, amendment);

        uint256 funded = DEPOSIT - _cost(elapsed) + amendment.deposit;
        (IMarket.LeaseState memory state, bytes32 termsHash) = market.leaseOf(ref.lease);
        vm.assertEq(state.funded, funded, "funded");
        vm.assertEq(state.collected, 0, "collected");
        vm.assertEq(state.readyAt, _now(), "readyAt");
        vm.assertEq(termsHash, market.hashTerms(ref.terms));
        vm.assertEq(_balance(cold), _net(collected) + _net(_cost(elapsed) - collected), "paid");
        vm.assertEq(market.owedAt(ref, _now()), 0, "owed");
        vm.assertEq(market.collectable(ref), 0, "collectable");

        _skip(_bound(more, 0, 1 days));
        uint256 owed = uint256(amendment.rate) * (_now() - state.readyAt) / 3600;
        vm.assertLe(market.owedAt(ref, _now()), owed < funded ? owed : funded, "owed under the new terms");
    }

    function test_TellsTheNewTermsManifestAndPay() public {
        IMarket.LeaseRef memory ref = _openReady();
        _skip(3600);
        IMarket.Amendment memory amendment = _amendment(ref);
        amendment.rate = 3 * RATE;
        amendment.minimumCharge = 7;
        amendment.deposit = 5e6;
        IMarket.Terms memory terms = _copy(ref).terms;
        terms.rate = 3 * RATE;
        terms.minimumCharge = 7;
        terms.revision = 1;
        vm.expectEmit(address(market));
        emit IMarket.LeaseAmended(
            ref.lease, terms, RATE, DEPOSIT - RATE + 5e6, amendment.manifest, amendment.requirements
        );
        _amend(ref, amendment);
        vm.assertEq(_balance(tenant), BALANCE - DEPOSIT - 5e6);
    }

    function test_BeforeTheStartNothingIsPaidAndReadyStands() public {
        IMarket.LeaseRef memory ref = _open();
        uint40 readyAt = _now() + 5;
        _skip(10);
        IMarket.Amendment memory amendment = _amendment(ref);
        amendment.deposit = 5e6;
        _amend(ref, amendment);
        (IMarket.LeaseState memory state,) = market.leaseOf(ref.lease);
        vm.assertEq(state.readyAt, 0);
        vm.assertEq(state.funded, DEPOSIT + 5e6);
        vm.assertEq(_balance(cold), 0);
        _markReady(ref, readyAt);
        vm.assertEq(market.owedAt(ref, readyAt + 3600), RATE);
    }

    function test_AfterTheUnmarkedDeadlineTheMeterRestartsNow() public {
        IMarket.LeaseRef memory ref = _open();
        _skip(START + 3600);
        _amend(ref, _amendment(ref));
        vm.assertEq(_balance(cold), _net(RATE));
        vm.assertEq(market.owedAt(ref, _now() + 3600), RATE);
    }

    function test_AtTheDeadlineItselfTheMeterHasStarted() public {
        IMarket.LeaseRef memory ref = _open();
        _skip(START);
        _amend(ref, _amendment(ref));
        (IMarket.LeaseState memory state,) = market.leaseOf(ref.lease);
        vm.assertEq(state.readyAt, T0 + START);
    }

    function test_NothingBeforeAnAmendmentIsClawedBack() public {
        IMarket.LeaseRef memory ref = _openReady();
        _skip(3600);
        _amend(ref, _amendment(ref));
        _skip(60);
        _close(tenant, ref, _now() - WINDOW);
        uint256 since = _cost(60);
        vm.assertEq(_balance(cold), _net(RATE));
        vm.assertEq(_balance(sink), RATE - _net(RATE) + since);
        vm.assertEq(_balance(tenant), BALANCE - RATE - since);
    }

    function test_TheHotKeyAsCallerNeedNotSign() public {
        IMarket.LeaseRef memory ref = _openReady();
        IMarket.Amendment memory amendment = _amendment(ref);
        bytes memory tenantSig = _signed(TENANT_KEY, _hash(amendment));
        vm.prank(hot);
        market.amend(ref, amendment, tenant, tenantSig, "");
        vm.assertEq(_status(ref.lease), 1);
    }

    function test_AppliesInItsLastSecond() public {
        IMarket.LeaseRef memory ref = _openReady();
        IMarket.Amendment memory amendment = _amendment(ref);
        _skip(60);
        _amend(ref, amendment);
    }

    // --- the agent --------------------------------------------------------------------------------------------------

    function testFuzz_TheAgentLowersWithinTheTerms(uint96 rate, uint96 minimumCharge) public {
        IMarket.LeaseRef memory ref = _openReadyWithMinimum(1e6);
        IMarket.Amendment memory amendment = _amendment(ref);
        amendment.rate = uint96(_bound(rate, 1, RATE));
        amendment.minimumCharge = uint96(_bound(minimumCharge, 0, 1e6));
        market.amend(ref, amendment, agent, _signed(AGENT_KEY, _hash(amendment)), _signed(HOT_KEY, _hash(amendment)));
    }

    function test_RevertWhen_TheAgentGoesBeyondTheTerms() public {
        IMarket.LeaseRef memory ref = _openReadyWithMinimum(1e6);
        bytes memory refusal = abi.encodeWithSelector(IMarket.AgentBeyondTerms.selector, agent);
        IMarket.Amendment memory amendment = _amendment(ref);
        amendment.rate += 1;
        _expectRefused(ref, amendment, AGENT_KEY, HOT_KEY, refusal);
        amendment = _amendment(ref);
        amendment.minimumCharge += 1;
        _expectRefused(ref, amendment, AGENT_KEY, HOT_KEY, refusal);
        amendment = _amendment(ref);
        amendment.deposit = 1;
        _expectRefused(ref, amendment, AGENT_KEY, HOT_KEY, refusal);
    }

    // --- refused ----------------------------------------------------------------------------------------------------

    function test_RevertWhen_AppliedAgain() public {
        IMarket.LeaseRef memory ref = _openReady();
        IMarket.Amendment memory amendment = _amendment(ref);
        amendment.deposit = 1e6;
        IMarket.LeaseRef memory before = _copy(ref);
        _amend(ref, amendment);
        bytes memory refusal = abi.encodeWithSelector(IMarket.TermsMismatch.selector, ref.lease);
        _expectRefused(ref, amendment, TENANT_KEY, HOT_KEY, refusal);
        _expectRefused(before, amendment, TENANT_KEY, HOT_KEY, refusal);
    }

    /// @dev Back to the first rate and minimum charge: the revision still tells the terms apart.
    function test_RevertWhen_AppliedAgainAfterTheTermsCameBack() public {
        IMarket.LeaseRef memory ref = _openReady();
        IMarket.Amendment memory first = _amendment(ref);
        first.rate = 2 * RATE;
        _amend(ref, first);
        IMarket.Amendment memory second = _amendment(ref);
        second.rate = RATE;
        _amend(ref, second);
        bytes memory refusal = abi.encodeWithSelector(IMarket.TermsMismatch.selector, ref.lease);
        _expectRefused(ref, first, TENANT_KEY, HOT_KEY, refusal);
    }

    function test_RevertWhen_ItIsOfAnotherLease() public {
        IMarket.LeaseRef memory ref = _openReady();
        IMarket.Amendment memory amendment = _amendment(ref);
        amendment.lease = "other";
        bytes memory refusal = abi.encodeWithSelector(IMarket.TermsMismatch.selector, ref.lease);
        _expectRefused(ref, amendment, TENANT_KEY, HOT_KEY, refusal);
    }

    function test_RevertWhen_Expired() public {
        IMarket.LeaseRef memory ref = _openReady();
        IMarket.Amendment memory amendment = _amendment(ref);
        _skip(61);
        bytes memory refusal = abi.encodeWithSelector(IMarket.AmendmentExpired.selector, amendment.expiresAt, _now());
        _expectRefused(ref, amendment, TENANT_KEY, HOT_KEY, refusal);
    }

    function test_RevertWhen_TheNewRateIsZero() public {
        IMarket.LeaseRef memory ref = _openReady();
        IMarket.Amendment memory amendment = _amendment(ref);
        amendment.rate = 0;
        _expectRefused(ref, amendment, TENANT_KEY, HOT_KEY, abi.encodeWithSelector(IMarket.RateIsZero.selector));
    }

    function test_RevertWhen_TheTenantCannotPayTheDeposit() public {
        IMarket.LeaseRef memory ref = _openReady();
        IMarket.Amendment memory amendment = _amendment(ref);
        amendment.deposit = BALANCE;
        bytes memory refusal = abi.encodeWithSelector(IMarket.BalanceTooSmall.selector, BALANCE - DEPOSIT, BALANCE);
        _expectRefused(ref, amendment, TENANT_KEY, HOT_KEY, refusal);
    }

    function test_RevertWhen_TheSignerMayNotAmend() public {
        IMarket.LeaseRef memory ref = _openReady();
        bytes memory refusal = abi.encodeWithSelector(IMarket.NotParty.selector, watcher);
        _expectRefused(ref, _amendment(ref), WATCHER_KEY, HOT_KEY, refusal);
    }

    function test_RevertWhen_ASignatureIsNotGood() public {
        IMarket.LeaseRef memory ref = _openReady();
        IMarket.Amendment memory amendment = _amendment(ref);
        bytes memory refusal = abi.encodeWithSelector(IMarket.InvalidSignature.selector, hot);
        _expectRefused(ref, amendment, TENANT_KEY, COLD_KEY, refusal);
        bytes memory operatorSig = _signed(HOT_KEY, _hash(amendment));
        vm.expectRevert(abi.encodeWithSelector(IMarket.InvalidSignature.selector, tenant));
        market.amend(ref, amendment, tenant, operatorSig, operatorSig);
    }

    function test_RevertGiven_TheOperatorIsNotBonded() public {
        IMarket.LeaseRef memory ref = _openReady();
        vm.prank(cold);
        operators.unbond(1);
        bytes memory refusal = abi.encodeWithSelector(IMarket.OperatorNotActive.selector, cold);
        _expectRefused(ref, _amendment(ref), TENANT_KEY, HOT_KEY, refusal);
    }

    function test_RevertGiven_ItRanOutOfMoney() public {
        IMarket.LeaseRef memory ref = _openReady();
        uint40 until = market.fundedUntil(ref);
        vm.warp(until);
        bytes memory refusal = abi.encodeWithSelector(IMarket.LeaseExhausted.selector, ref.lease, until);
        _expectRefused(ref, _amendment(ref), TENANT_KEY, HOT_KEY, refusal);
        vm.warp(until - 1);
        _amend(ref, _amendment(ref));
    }

    function test_RevertGiven_ItIsNotOpen() public {
        IMarket.LeaseRef memory ref = _openReady();
        _close(tenant, ref, _now());
        bytes memory refusal = abi.encodeWithSelector(IMarket.LeaseNotOpen.selector, ref.lease);
        _expectRefused(ref, _amendment(ref), TENANT_KEY, HOT_KEY, refusal);
    }

    // --- within -----------------------------------------------------------------------------------------------------

    function _expectRefused(
        IMarket.LeaseRef memory ref,
        IMarket.Amendment memory amendment,
        uint256 key,
        uint256 operatorKey,
        bytes memory refusal
    ) private {
        bytes memory tenantSig = _signed(key, _hash(amendment));
        bytes memory operatorSig = _signed(operatorKey, _hash(amendment));
        vm.expectRevert(refusal);
        market.amend(ref, amendment, vm.addr(key), tenantSig, operatorSig);
    }

    function _copy(IMarket.LeaseRef memory ref) private pure returns (IMarket.LeaseRef memory) {
        return abi.decode(abi.encode(ref), (IMarket.LeaseRef));
    }
}
