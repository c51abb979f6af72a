// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {FeeSink} from "../../src/FeeSink.sol";
import {Market} from "../../src/Market.sol";
import {Operators} from "../../src/Operators.sol";
import {TestStablecoin} from "../../src/TestStablecoin.sol";
import {IMarket} from "../../src/interfaces/IMarket.sol";
import {Signing} from "./Signing.sol";

/// @notice A market with one tenant that holds a balance and one bonded operator, and short words for what they do.
abstract contract Fixture is Signing {
    uint256 internal constant TENANT_KEY = 0xA1;
    uint256 internal constant AGENT_KEY = 0xA2;
    uint256 internal constant WATCHER_KEY = 0xA3;
    uint256 internal constant COLD_KEY = 0xB1;
    uint256 internal constant HOT_KEY = 0xB2;
    uint256 internal constant STRANGER_KEY = 0xC1;

    uint256 internal constant T0 = 1_800_000_000;
    uint96 internal constant BOND = 100e6;
    uint96 internal constant BALANCE = 1_000e6;
    uint96 internal constant DEPOSIT = 10e6;
    /// @dev Not a multiple of an hour, so that divisions round.
    uint96 internal constant RATE = 1_234_567;
    uint32 internal constant WINDOW = 600;
    uint32 internal constant START = 300;
    uint16 internal constant FEE_BPS = 250;

    address internal tenant = vm.addr(TENANT_KEY);
    address internal agent = vm.addr(AGENT_KEY);
    address internal watcher = vm.addr(WATCHER_KEY);
    address internal cold = vm.addr(COLD_KEY);
    address internal hot = vm.addr(HOT_KEY);
    address internal stranger = vm.addr(STRANGER_KEY);

    TestStablecoin internal token;
    Operators internal operators;
    Market internal market;
    address internal sink;
    uint256 private _salt;

    function setUp() public virtual {
        vm.warp(T0);
        token = new TestStablecoin();
        sink = address(new FeeSink());
        operators = new Operators(address(token), sink, BOND, 7 days, new address[](0));
        market = _newMarket(FEE_BPS);
        _register(cold, hot);
        _deposit(tenant, BALANCE);
    }

    function _newMarket(uint16 feeBps) internal returns (Market) {
        address[] memory tokens = new address[](1);
        tokens[0] = address(token);
        return new Market(address(operators), sink, feeBps, tokens);
    }

    function _register(address operator, address hotKey) internal {
        token.mint(operator, BOND);
        vm.prank(operator);
        token.approve(address(operators), BOND);
        vm.prank(operator);
        operators.register(hotKey, BOND, "about");
    }

    function _deposit(address account, uint256 amount) internal {
        token.mint(account, amount);
        vm.prank(account);
        token.approve(address(market), amount);
        vm.prank(account);
        market.deposit(address(token), amount);
    }

    function _order() internal returns (IMarket.Order memory) {
        return IMarket.Order({
            tenant: tenant,
            agent: agent,
            watcher: watcher,
            token: address(token),
            manifest: "manifest",
            requirements: "requirements",
            maxRate: 2 * RATE,
            deposit: DEPOSIT,
            clawbackWindow: WINDOW,
            startWindow: START,
            expiresAt: _now() + 60,
            counter: market.counterOf(tenant),
            salt: bytes32(++_salt)
        });
    }

    function _bid(IMarket.Order memory order) internal view returns (IMarket.Bid memory) {
        return IMarket.Bid({order: _hash(order), operator: cold, rate: RATE, minimumCharge: 0, expiresAt: _now() + 30});
    }

    /// @dev The operator opens with the tenant's acceptance.
    function _open(IMarket.Order memory order, IMarket.Bid memory bid) internal returns (IMarket.LeaseRef memory) {
        bytes memory acceptance = _signed(TENANT_KEY, _hashAcceptance(bid));
        vm.prank(hot);
        bytes32 lease = market.open(order, bid, "", acceptance, "");
        return IMarket.LeaseRef(lease, _terms(order, bid));
    }

    function _open() internal returns (IMarket.LeaseRef memory) {
        IMarket.Order memory order = _order();
        return _open(order, _bid(order));
    }

    /// @dev Opened now, and its meter started now.
    function _openReady(IMarket.Order memory order, IMarket.Bid memory bid)
        internal
        returns (IMarket.LeaseRef memory ref)
    {
        ref = _open(order, bid);
        _markReady(ref, _now());
    }

    function _openReady() internal returns (IMarket.LeaseRef memory) {
        IMarket.Order memory order = _order();
        return _openReady(order, _bid(order));
    }

    function _openReadyWithMinimum(uint96 minimumCharge) internal returns (IMarket.LeaseRef memory) {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bid.minimumCharge = minimumCharge;
        return _openReady(order, bid);
    }

    function _terms(IMarket.Order memory order, IMarket.Bid memory bid) internal view returns (IMarket.Terms memory) {
        return IMarket.Terms({
            tenant: order.tenant,
            agent: order.agent,
            watcher: order.watcher,
            operator: bid.operator,
            token: order.token,
            rate: bid.rate,
            minimumCharge: bid.minimumCharge,
            clawbackWindow: order.clawbackWindow,
            openedAt: _now(),
            startDeadline: _now() + order.startWindow,
            revision: 0
        });
    }

    function _markReady(IMarket.LeaseRef memory ref, uint40 readyAt) internal {
        market.markReady(ref, readyAt, tenant, _signed(TENANT_KEY, _hashReady(ref.lease, readyAt)));
    }

    function _amendment(IMarket.LeaseRef memory ref) internal view returns (IMarket.Amendment memory) {
        return IMarket.Amendment({
            lease: ref.lease,
            terms: market.hashTerms(ref.terms),
            manifest: "new manifest",
            requirements: "new requirements",
            rate: ref.terms.rate,
            minimumCharge: ref.terms.minimumCharge,
            deposit: 0,
            expiresAt: _now() + 60
        });
    }

    /// @dev Signed by tenant and hot key, brought by a stranger. Changes `ref` to the new terms.
    function _amend(IMarket.LeaseRef memory ref, IMarket.Amendment memory amendment) internal {
        bytes memory tenantSig = _signed(TENANT_KEY, _hash(amendment));
        bytes memory operatorSig = _signed(HOT_KEY, _hash(amendment));
        vm.prank(stranger);
        market.amend(ref, amendment, tenant, tenantSig, operatorSig);
        ref.terms.rate = amendment.rate;
        ref.terms.minimumCharge = amendment.minimumCharge;
        ref.terms.revision += 1;
    }

    function _collect(IMarket.LeaseRef memory ref) internal returns (uint256) {
        IMarket.LeaseRef[] memory refs = new IMarket.LeaseRef[](1);
        refs[0] = ref;
        return market.collect(refs);
    }

    function _close(address by, IMarket.LeaseRef memory ref, uint40 effectiveAt) internal {
        vm.prank(by);
        market.close(ref, effectiveAt);
    }

    /// @dev A Close signed with `key`, brought by `by`.
    function _closeSigned(address by, IMarket.LeaseRef memory ref, uint40 effectiveAt, uint256 key) internal {
        bytes memory sig = _signed(key, _hashClose(ref.lease, effectiveAt));
        vm.prank(by);
        market.closeSigned(ref, effectiveAt, vm.addr(key), sig);
    }

    function _signed(uint256 key, bytes32 structHash) internal view returns (bytes memory) {
        return _sign(address(market), key, structHash);
    }

    function _balance(address account) internal view returns (uint256) {
        return market.balanceOf(address(token), account);
    }

    function _status(bytes32 lease) internal view returns (uint8) {
        (IMarket.LeaseState memory state,) = market.leaseOf(lease);
        return state.status;
    }

    /// @dev What `paid` leaves to the operator after the protocol fee.
    function _net(uint256 paid) internal pure returns (uint256) {
        return paid * (10_000 - FEE_BPS) / 10_000;
    }

    /// @dev Rate × seconds, by hand.
    function _cost(uint256 secondsOn) internal pure returns (uint256) {
        return uint256(RATE) * secondsOn / 3600;
    }

    /// @dev The state after a close is the tombstone alone, and accounts hold what they should.
    function _assertSettled(IMarket.LeaseRef memory ref, uint256 paidInAll, uint256 refunded, uint256 clawedBack)
        internal
        view
    {
        (IMarket.LeaseState memory state, bytes32 termsHash) = market.leaseOf(ref.lease);
        vm.assertEq(state.status, 2, "status");
        vm.assertEq(state.funded + state.collected + state.readyAt, 0, "state cleared");
        vm.assertEq(termsHash, 0);
        vm.assertEq(_balance(cold), _net(paidInAll), "operator");
        vm.assertEq(_balance(tenant), BALANCE - DEPOSIT + refunded, "tenant");
        vm.assertEq(_balance(sink), paidInAll - _net(paidInAll) + clawedBack, "sink");
        vm.assertEq(token.balanceOf(address(market)), BALANCE, "held");
        vm.assertEq(paidInAll + refunded + clawedBack, DEPOSIT, "deposit in all");
    }
}
