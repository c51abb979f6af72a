// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMarket} from "../../src/interfaces/IMarket.sol";
import {Fixture} from "../support/Fixture.sol";
import {Wallet} from "../support/Wallets.sol";

/// @notice Does at random what tenants, operators and strangers can do, and keeps its own books of what came of it.
/// @dev No action may revert where the contract promises that it works: the suite fails on any revert.
contract MarketHandler is Fixture {
    /// @dev Sums over a lease's life, from differences of balances and from time alone.
    struct Book {
        uint256 paidIn;
        uint256 toTenant;
        uint256 toOperator;
        uint256 toSink;
        /// Seconds that the meter ran, each once, times their rate.
        uint256 rateSeconds;
        uint256 minimumCharge;
        uint256 timesOpened;
    }

    uint256 public constant LEASES = 24;
    uint256 private constant WALLET_KEY = 0xD1;
    uint256 private constant COLD2_KEY = 0xB3;
    uint256 private constant HOT2_KEY = 0xB4;

    address[] public accounts;
    uint40 public time;
    bytes32[] public ids;
    Wallet public wallet;
    mapping(bytes32 lease => Book) private _books;
    mapping(bytes32 lease => IMarket.Terms) private _termsOf;
    mapping(bytes32 lease => IMarket.Order) private _orderOf;
    mapping(bytes32 lease => IMarket.Bid) private _bidOf;
    mapping(address account => uint256) private _keyOf;

    constructor() {
        setUp();
        wallet = new Wallet(vm.addr(WALLET_KEY));
        _keyOf[tenant] = TENANT_KEY;
        _keyOf[address(wallet)] = WALLET_KEY;
        _keyOf[cold] = HOT_KEY;
        _keyOf[vm.addr(COLD2_KEY)] = HOT2_KEY;
        _register(vm.addr(COLD2_KEY), vm.addr(HOT2_KEY));
        _deposit(address(wallet), BALANCE);
        accounts = [tenant, address(wallet), stranger, cold, vm.addr(COLD2_KEY), sink];
        time = _now();
    }

    modifier after_(uint256 wait) {
        time += uint40(_bound(wait, 0, 3 hours));
        vm.warp(time);
        _;
    }

    // --- actions ----------------------------------------------------------------------------------------------------

    function deposit(uint256 wait, uint8 who, uint64 amount) external after_(wait) {
        _deposit(accounts[who % 3], _bound(amount, 1, BALANCE));
    }

    function withdraw(uint256 wait, uint8 who, uint256 amount) external after_(wait) {
        address account = accounts[who % 5];
        uint256 balance = _balance(account);
        if (balance == 0) return;
        vm.prank(account);
        market.withdraw(address(token), _bound(amount, 1, balance));
    }

    function flushFees(uint256 wait) external after_(wait) {
        if (_balance(sink) != 0) market.flushFees(address(token));
    }

    function cancelAll(uint8 who) external after_(0) {
        vm.prank(accounts[who % 2]);
        market.cancelAll();
    }

    /// @dev Windows of zero and the longest, minimum charges above the deposit, deposits that buy no second: all allowed.
    function open(uint256 wait, uint8 who, uint32 rate, uint64 amount, uint64 minimumCharge, uint32 windows)
        external
        after_(wait)
    {
        address buyer = accounts[who % 2];
        if (ids.length == LEASES || _balance(buyer) == 0 || (buyer != tenant && wallet.mood() != Wallet.Mood.Honest)) {
            return;
        }
        tenant = buyer;
        IMarket.Order memory order = _order();
        order.maxRate = type(uint96).max;
        order.deposit = uint96(_bound(amount, 1, _min(_balance(buyer), 50e6)));
        order.clawbackWindow = windows % 4 == 0 ? 0 : windows % 7200;
        order.startWindow = windows % 3 == 0 ? 0 : windows % 3600;
        IMarket.Bid memory bid = _bid(order);
        bid.operator = accounts[3 + who / 2 % 2];
        bid.rate = uint96(_bound(rate, 1, 100e6));
        bid.minimumCharge = minimumCharge;
        tenant = accounts[0];
        _doOpen(order, bid, who % 3 == 0);
        ids.push(bid.order);
        _termsOf[bid.order] = _terms(order, bid);
        _orderOf[bid.order] = order;
        _bidOf[bid.order] = bid;
        _books[bid.order].paidIn = order.deposit;
        _books[bid.order].minimumCharge = minimumCharge;
    }

    /// @dev The same signatures, once more: counted if it ever works.
    function openAgain(uint8 which) external after_(0) {
        if (ids.length == 0) return;
        bytes32 id = ids[which % ids.length];
        vm.warp(_orderOf[id].expiresAt - 60);
        bytes memory acceptance = _signBy(_orderOf[id].tenant, _hashAcceptance(_bidOf[id]));
        bytes memory bidSig = _signBy(_bidOf[id].operator, _hash(_bidOf[id]));
        try market.open(_orderOf[id], _bidOf[id], "", acceptance, bidSig) {
            _books[id].timesOpened += 1;
        } catch {}
        vm.warp(time);
    }

    function markReady(uint256 wait, uint8 which, uint40 back) external after_(wait % 10 minutes) {
        (bytes32 id, bool isFound) = _pick(which);
        IMarket.Terms memory terms = _termsOf[id];
        if (!isFound || _state(id).readyAt != 0 || time >= terms.startDeadline) return;
        uint40 readyAt = uint40(_bound(back, terms.openedAt, time));
        market.markReady(_ref(id), readyAt, watcher, _signed(WATCHER_KEY, _hashReady(id, readyAt)));
    }

    /// @dev All leases, closed ones and one on wrong terms among them.
    function collect(uint256 wait) external after_(wait) {
        IMarket.LeaseRef[] memory refs = new IMarket.LeaseRef[](ids.length + 1);
        for (uint256 i = 0; i < ids.length; ++i) {
            refs[i] = _ref(ids[i]);
            uint96 amount = _state(ids[i]).status == 1 ? market.collectable(refs[i]) : 0;
            _books[ids[i]].toOperator += _net(amount);
            _books[ids[i]].toSink += amount - _net(amount);
        }
        refs[ids.length].lease = "unknown";
        market.collect(refs);
    }

    function topUp(uint256 wait, uint8 which, uint8 who, uint64 amount) external after_(wait) {
        (bytes32 id, bool isFound) = _pick(which);
        address from = accounts[who % 3];
        if (!isFound || _balance(from) == 0 || time >= market.fundedUntil(_ref(id))) return;
        amount = uint64(_bound(amount, 1, _min(_balance(from), 20e6)));
        _books[id].paidIn += amount;
        vm.prank(from);
        market.topUp(_ref(id), amount);
    }

    function amend(uint256 wait, uint8 which, uint32 rate, uint64 minimumCharge, uint64 amount) external after_(wait) {
        (bytes32 id, bool isFound) = _pick(which);
        IMarket.Terms memory terms = _termsOf[id];
        bool isSigned = terms.tenant == tenant || wallet.mood() == Wallet.Mood.Honest;
        if (!isFound || !isSigned || time >= market.fundedUntil(_ref(id))) return;
        IMarket.Amendment memory amendment = _amendment(_ref(id));
        amendment.rate = uint96(_bound(rate, 1, 100e6));
        amendment.minimumCharge = minimumCharge;
        amendment.deposit = uint96(_bound(amount, 0, _min(_balance(terms.tenant), 20e6)));
        bytes memory tenantSig = _signBy(terms.tenant, _hash(amendment));
        bytes memory operatorSig = _signBy(terms.operator, _hash(amendment));

        uint256[3] memory before = _parties(terms);
        _books[id].rateSeconds += _secondsRun(id) * terms.rate;
        _books[id].paidIn += amendment.deposit;
        _books[id].minimumCharge = minimumCharge;
        market.amend(_ref(id), amendment, terms.tenant, tenantSig, operatorSig);
        _note(id, before);
        _termsOf[id].rate = amendment.rate;
        _termsOf[id].minimumCharge = minimumCharge;
        _termsOf[id].revision += 1;
    }

    function close(uint256 wait, uint8 which, uint8 who, uint40 effectiveAt) external after_(wait) {
        (bytes32 id, bool isFound) = _pick(which);
        if (!isFound) return;
        IMarket.Terms memory terms = _termsOf[id];
        address by = [terms.tenant, agent, watcher, terms.operator, vm.addr(_keyOf[terms.operator])][who % 5];
        uint256[3] memory before = _beforeClose(id);
        _close(by, _ref(id), uint40(_bound(effectiveAt, 0, time)));
        _note(id, before);
    }

    function closeSigned(uint256 wait, uint8 which, bool isByOperator, uint40 effectiveAt) external after_(wait) {
        (bytes32 id, bool isFound) = _pick(which);
        if (!isFound) return;
        uint256[3] memory before = _beforeClose(id);
        address by = isByOperator ? _termsOf[id].operator : stranger;
        _closeSigned(by, _ref(id), uint40(_bound(effectiveAt, time - _min(time, 1 days), time)), WATCHER_KEY);
        _note(id, before);
    }

    function closeExhausted(uint256 wait, uint8 which) external after_(wait) {
        (bytes32 id, bool isFound) = _pick(which);
        if (!isFound || time < market.fundedUntil(_ref(id))) return;
        uint256[3] memory before = _beforeClose(id);
        vm.prank(stranger);
        market.closeExhausted(_ref(id));
        _note(id, before);
    }

    function turnWallet(uint8 mood) external {
        wallet.setMood(Wallet.Mood(mood % 5));
    }

    // --- what the invariants read -----------------------------------------------------------------------------------

    function count() external view returns (uint256) {
        return ids.length;
    }

    function bookOf(bytes32 id) external view returns (Book memory) {
        return _books[id];
    }

    function refOf(bytes32 id) external view returns (IMarket.LeaseRef memory) {
        return _ref(id);
    }

    function contractsOf() external view returns (address, address) {
        return (address(market), address(token));
    }

    /// @notice Rate × seconds up to now, each second once and none past the funds, by the handler's own count.
    function rateSecondsOf(bytes32 id) external view returns (uint256) {
        bool isOpen = _state(id).status == 1;
        return _books[id].rateSeconds + (isOpen ? _secondsRun(id) * _termsOf[id].rate : 0);
    }

    // --- within -----------------------------------------------------------------------------------------------------

    function _doOpen(IMarket.Order memory order, IMarket.Bid memory bid, bool isByAgent) private {
        bytes memory orderSig = isByAgent ? _signBy(order.tenant, _hash(order)) : bytes("");
        bytes memory acceptance =
            isByAgent ? _signed(AGENT_KEY, _hashAcceptance(bid)) : _signBy(order.tenant, _hashAcceptance(bid));
        bytes memory bidSig = _signBy(bid.operator, _hash(bid));
        bid.order = market.open(order, bid, orderSig, acceptance, bidSig);
        _books[bid.order].timesOpened += 1;
    }

    /// @dev By the key that signs for a tenant, or by the hot key of an operator.
    function _signBy(address account, bytes32 structHash) private view returns (bytes memory) {
        return _signed(_keyOf[account], structHash);
    }

    function _pick(uint8 which) private view returns (bytes32 id, bool isFound) {
        for (uint256 i = 0; i < ids.length; ++i) {
            id = ids[(which + i) % ids.length];
            if (_state(id).status == 1) return (id, true);
        }
    }

    function _beforeClose(bytes32 id) private returns (uint256[3] memory) {
        _books[id].rateSeconds += _secondsRun(id) * _termsOf[id].rate;
        return _parties(_termsOf[id]);
    }

    function _parties(IMarket.Terms memory terms) private view returns (uint256[3] memory) {
        return [_balance(terms.tenant), _balance(terms.operator), _balance(sink)];
    }

    /// @dev The tenant's balance shrinks only by an amendment's deposit, which `paidIn` has counted: both cancel out.
    function _note(bytes32 id, uint256[3] memory before) private {
        uint256[3] memory now_ = _parties(_termsOf[id]);
        if (now_[0] > before[0]) _books[id].toTenant += now_[0] - before[0];
        _books[id].toOperator += now_[1] - before[1];
        _books[id].toSink += now_[2] - before[2];
    }

    /// @dev Since opening or the last amendment.
    function _secondsRun(bytes32 id) private view returns (uint256) {
        IMarket.LeaseState memory state = _state(id);
        uint256 start = state.readyAt == 0 ? _termsOf[id].startDeadline : state.readyAt;
        if (time <= start) return 0;
        return _min(time - start, uint256(state.funded) * 3600 / _termsOf[id].rate);
    }

    function _ref(bytes32 id) private view returns (IMarket.LeaseRef memory) {
        return IMarket.LeaseRef(id, _termsOf[id]);
    }

    function _state(bytes32 id) private view returns (IMarket.LeaseState memory state) {
        (state,) = market.leaseOf(id);
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
