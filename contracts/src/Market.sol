// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Balances} from "./Balances.sol";
import {IMarket} from "./interfaces/IMarket.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {Messages} from "./Messages.sol";
import {Meter} from "./Meter.sol";

/// @title Market: tenants' balances and the leases paid from them
/// @dev Every token unit held is in exactly one place: an account's balance, or `funded - collected` of an open lease.
/// What this contract takes from outsiders besides tokens (see Balances), and what breaks without it:
/// - `operators` answers `activeHotKey` and `operatorByHotKey` without reverting and without calling out. If it
///   reverted, operators could close only by cold key; tenants' exits never ask it.
/// - A contract wallet is asked by static call, and only to open, mark ready, amend or close by signature, all of which
///   the one who sends the transaction may leave alone. No exit waits for a wallet's answer.
/// - Block timestamps may be off by seconds; so may what is paid.
/// - A signing key stands for its owner: an agent may open any lease within orders its tenant signed; a watcher may stop
///   the pay of a lease at most one clawback window back, to nobody's gain.
contract Market is Balances, EIP712 {
    /// @dev Two slots: hash of terms (zero once closed), and the state packed in 240 bits. A closed lease keeps its
    /// status alone, so that its order can never open again.
    struct Lease {
        bytes32 termsHash;
        LeaseState state;
    }

    uint8 private constant OPEN = 1;
    uint8 private constant CLOSED = 2;
    uint16 private constant WHOLE_BPS = 10_000;

    /// @notice The highest protocol fee a deployment may set: 5 %.
    uint16 public constant MAX_FEE_BPS = 500;
    /// @inheritdoc IMarket
    uint32 public constant MAX_CLAWBACK_WINDOW = 7 days;
    /// @inheritdoc IMarket
    uint32 public constant MAX_START_WINDOW = 1 days;

    IOperators private immutable _operators;
    /// @inheritdoc IMarket
    uint16 public immutable feeBps;

    /// @inheritdoc IMarket
    mapping(address tenant => uint64) public counterOf;
    mapping(bytes32 lease => Lease) private _leases;

    constructor(address operators_, address feeSink_, uint16 feeBps_, address[] memory tokens)
        EIP712("Souk", "1")
        Balances(feeSink_, tokens)
    {
        require(operators_ != address(0), ZeroAddress());
        require(feeBps_ <= MAX_FEE_BPS, FeeAboveCap(feeBps_, MAX_FEE_BPS));
        _operators = IOperators(operators_);
        feeBps = feeBps_;
    }

    /// @inheritdoc IMarket
    function cancelAll() external returns (uint64 counter) {
        counter = ++counterOf[msg.sender];
        emit OrdersCancelled(msg.sender, counter);
    }

    // --- leases -----------------------------------------------------------------------------------------------------

    /// @inheritdoc IMarket
    /// @dev A deposit that is not zero also shows that the token is allowed: there are no balances in others.
    function open(
        Order calldata order,
        Bid calldata bid,
        bytes calldata orderSig,
        bytes calldata acceptanceSig,
        bytes calldata bidSig
    ) external returns (bytes32 lease) {
        lease = Messages.hashOrder(order);
        bytes32 bidHash = Messages.hashBid(bid);
        require(_leases[lease].state.status == 0, LeaseExists(lease));
        _checkOrder(order);
        _checkBid(order, lease, bid);
        _requireOperator(bid.operator, bidHash, bidSig);
        _requireAcceptance(order, lease, bidHash, orderSig, acceptanceSig);

        Terms memory terms = Terms({
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
        _debit(order.token, order.tenant, order.deposit);
        _leases[lease] =
            Lease(_hash(terms), LeaseState({funded: order.deposit, collected: 0, readyAt: 0, status: OPEN}));
        emit LeaseOpened(lease, order.tenant, bid.operator, terms, order.deposit);
    }

    /// @inheritdoc IMarket
    function markReady(LeaseRef calldata ref, uint40 readyAt, address signer, bytes calldata sig) external {
        LeaseState memory state = _openLease(ref);
        require(state.readyAt == 0 && _now() < ref.terms.startDeadline, AlreadyReady(ref.lease));
        require(
            readyAt >= ref.terms.openedAt && readyAt <= _now(),
            ReadyOutOfRange(readyAt, ref.terms.openedAt, block.timestamp)
        );
        _buyerRole(ref.terms, signer);
        _requireSignature(signer, Messages.hashReady(ref.lease, readyAt), sig);
        _leases[ref.lease].state.readyAt = readyAt;
        emit LeaseReady(ref.lease, readyAt);
    }

    /// @inheritdoc IMarket
    /// @dev Bounded by the caller's own array. Makes no outside call, and nothing that a lease's parties can do makes
    /// its entry revert: it only reads and adds.
    function collect(LeaseRef[] calldata refs) external returns (uint256 total) {
        for (uint256 i = 0; i < refs.length; ++i) {
            Lease storage lease = _leases[refs[i].lease];
            LeaseState memory state = lease.state;
            if (state.status != OPEN || lease.termsHash != _hash(refs[i].terms)) continue;
            uint96 amount = _collectable(refs[i].terms, state);
            if (amount == 0) continue;
            lease.state.collected = state.collected + amount;
            _payOut(refs[i].terms, amount, 0);
            emit LeaseCollected(refs[i].lease, amount);
            total += amount;
        }
    }

    /// @inheritdoc IMarket
    function topUp(LeaseRef calldata ref, uint96 amount) external {
        LeaseState memory state = _openLease(ref);
        _requireFunded(ref, state);
        _debit(ref.terms.token, msg.sender, amount);
        uint96 funded = state.funded + amount;
        _leases[ref.lease].state.funded = funded;
        emit LeaseToppedUp(ref.lease, amount, funded);
    }

    /// @inheritdoc IMarket
    /// @dev The hash of the terms counts revisions, so that an amendment fits once.
    function amend(
        LeaseRef calldata ref,
        Amendment calldata amendment,
        address signer,
        bytes calldata tenantSig,
        bytes calldata operatorSig
    ) external {
        LeaseState memory state = _openLease(ref);
        _requireFunded(ref, state);
        _checkAmendment(ref, amendment, signer);
        bytes32 structHash = Messages.hashAmendment(amendment);
        _requireSignature(signer, structHash, tenantSig);
        _requireOperator(ref.terms.operator, structHash, operatorSig);

        uint96 owed = _owed(ref.terms, state, _now());
        uint96 paid = owed - state.collected;
        uint96 funded = state.funded - owed + amendment.deposit;
        bool hasStarted = _now() >= _meterFrom(ref.terms, state);
        Terms memory terms = ref.terms;
        terms.rate = amendment.rate;
        terms.minimumCharge = amendment.minimumCharge;
        terms.revision += 1;
        if (amendment.deposit != 0) _debit(terms.token, terms.tenant, amendment.deposit);
        _leases[ref.lease] = Lease(
            _hash(terms), LeaseState({funded: funded, collected: 0, readyAt: hasStarted ? _now() : 0, status: OPEN})
        );
        _payOut(ref.terms, paid, 0);
        emit LeaseAmended(ref.lease, terms, paid, funded, amendment.manifest, amendment.requirements);
    }

    /// @inheritdoc IMarket
    function close(LeaseRef calldata ref, uint40 effectiveAt) external {
        LeaseState memory state = _openLease(ref);
        if (_isBuyer(ref.terms, msg.sender)) {
            _settle(ref, state, _buyerRole(ref.terms, msg.sender), _clampToWindow(ref.terms, effectiveAt), true);
        } else {
            require(_isOperator(ref.terms, msg.sender), NotParty(msg.sender));
            _settle(ref, state, ClosedBy.Operator, _now(), true);
        }
    }

    /// @inheritdoc IMarket
    function closeSigned(LeaseRef calldata ref, uint40 effectiveAt, address signer, bytes calldata sig) external {
        LeaseState memory state = _openLease(ref);
        ClosedBy by = _buyerRole(ref.terms, signer);
        uint40 clamped = _clampToWindow(ref.terms, effectiveAt);
        _requireSignature(signer, Messages.hashClose(ref.lease, effectiveAt), sig);
        bool isAgreed = _isOperator(ref.terms, msg.sender);
        _settle(ref, state, by, isAgreed ? effectiveAt : clamped, !isAgreed);
    }

    /// @inheritdoc IMarket
    function closeExhausted(LeaseRef calldata ref) external {
        LeaseState memory state = _openLease(ref);
        uint40 until = _fundedUntil(ref.terms, state);
        require(_now() >= until, NotExhausted(ref.lease, until));
        _settle(ref, state, ClosedBy.Exhausted, until, true);
    }

    // --- views ------------------------------------------------------------------------------------------------------

    /// @inheritdoc IMarket
    function leaseOf(bytes32 lease) external view returns (LeaseState memory state, bytes32 termsHash) {
        return (_leases[lease].state, _leases[lease].termsHash);
    }

    /// @inheritdoc IMarket
    function fundedUntil(LeaseRef calldata ref) external view returns (uint40) {
        return _fundedUntil(ref.terms, _openLease(ref));
    }

    /// @inheritdoc IMarket
    function owedAt(LeaseRef calldata ref, uint40 time) external view returns (uint96) {
        return _owed(ref.terms, _openLease(ref), time);
    }

    /// @inheritdoc IMarket
    function collectable(LeaseRef calldata ref) external view returns (uint96) {
        return _collectable(ref.terms, _openLease(ref));
    }

    /// @inheritdoc IMarket
    function hashOrder(Order calldata order) external pure returns (bytes32) {
        return Messages.hashOrder(order);
    }

    /// @inheritdoc IMarket
    function hashBid(Bid calldata bid) external pure returns (bytes32) {
        return Messages.hashBid(bid);
    }

    /// @inheritdoc IMarket
    function hashTerms(Terms calldata terms) external pure returns (bytes32) {
        return _hash(terms);
    }

    /// @inheritdoc IMarket
    function operators() external view returns (address) {
        return address(_operators);
    }

    // --- within: money ----------------------------------------------------------------------------------------------

    /// @dev The operator gets `paid` less the protocol fee, rounded down; the fee sink the rest and `clawedBack`.
    function _payOut(Terms calldata terms, uint96 paid, uint96 clawedBack) private {
        uint256 net = uint256(paid) * (WHOLE_BPS - feeBps) / WHOLE_BPS;
        _credit(terms.token, terms.operator, net);
        _credit(terms.token, feeSink, paid - net + clawedBack);
    }

    /// @dev The one way a lease ends. `due` is all that the operator ever gets of `funded`; with `clawsBack` the rest of
    /// what is owed by now goes to the fee sink, without it to the tenant as what was never owed does.
    /// A minimum charge is due to an operator that the buying side sends away, not to one that leaves or has run out.
    function _settle(LeaseRef calldata ref, LeaseState memory state, ClosedBy by, uint40 effectiveAt, bool clawsBack)
        private
    {
        bool hasStarted = _now() >= _meterFrom(ref.terms, state);
        uint96 due = _max(_owed(ref.terms, state, effectiveAt), state.collected);
        if (hasStarted && by <= ClosedBy.Watcher) due = _max(due, _min(ref.terms.minimumCharge, state.funded));
        uint96 owed = _owed(ref.terms, state, _now());
        uint96 clawedBack = clawsBack && owed > due ? owed - due : 0;
        uint96 paid = due - state.collected;
        uint96 refunded = state.funded - due - clawedBack;

        _leases[ref.lease] = Lease(0, LeaseState({funded: 0, collected: 0, readyAt: 0, status: CLOSED}));
        _credit(ref.terms.token, ref.terms.tenant, refunded);
        _payOut(ref.terms, paid, clawedBack);
        emit LeaseClosed(
            ref.lease, ref.terms.tenant, ref.terms.operator, by, hasStarted, effectiveAt, paid, refunded, clawedBack
        );
    }

    function _collectable(Terms calldata terms, LeaseState memory state) private view returns (uint96) {
        uint40 window = terms.clawbackWindow;
        uint96 owed = _now() > window ? _owed(terms, state, _now() - window) : 0;
        return owed > state.collected ? owed - state.collected : 0;
    }

    function _meterFrom(Terms calldata terms, LeaseState memory state) private pure returns (uint40) {
        return state.readyAt != 0 ? state.readyAt : terms.startDeadline;
    }

    function _fundedUntil(Terms calldata terms, LeaseState memory state) private pure returns (uint40) {
        return Meter.end(_meterFrom(terms, state), state.funded, terms.rate);
    }

    function _owed(Terms calldata terms, LeaseState memory state, uint40 time) private pure returns (uint96) {
        return Meter.owed(_meterFrom(terms, state), state.funded, terms.rate, time);
    }

    // --- within: checks ---------------------------------------------------------------------------------------------

    function _openLease(LeaseRef calldata ref) private view returns (LeaseState memory state) {
        state = _leases[ref.lease].state;
        require(state.status == OPEN, LeaseNotOpen(ref.lease));
        require(_leases[ref.lease].termsHash == _hash(ref.terms), TermsMismatch(ref.lease));
    }

    function _requireFunded(LeaseRef calldata ref, LeaseState memory state) private view {
        uint40 until = _fundedUntil(ref.terms, state);
        require(_now() < until, LeaseExhausted(ref.lease, until));
    }

    function _checkOrder(Order calldata order) private view {
        require(_now() <= order.expiresAt, OrderExpired(order.expiresAt, block.timestamp));
        uint32 window = order.clawbackWindow;
        require(window <= MAX_CLAWBACK_WINDOW, WindowTooLong(window, MAX_CLAWBACK_WINDOW));
        window = order.startWindow;
        require(window <= MAX_START_WINDOW, WindowTooLong(window, MAX_START_WINDOW));
        uint64 counter = counterOf[order.tenant];
        require(order.counter == counter, CounterMismatch(order.counter, counter));
    }

    function _checkBid(Order calldata order, bytes32 lease, Bid calldata bid) private view {
        require(bid.order == lease, BidForOtherOrder(lease, bid.order));
        require(_now() <= bid.expiresAt, BidExpired(bid.expiresAt, block.timestamp));
        require(bid.rate != 0, RateIsZero());
        require(bid.rate <= order.maxRate, RateAboveCeiling(bid.rate, order.maxRate));
    }

    function _checkAmendment(LeaseRef calldata ref, Amendment calldata amendment, address signer) private view {
        require(_now() <= amendment.expiresAt, AmendmentExpired(amendment.expiresAt, block.timestamp));
        require(
            amendment.lease == ref.lease && amendment.terms == _leases[ref.lease].termsHash, TermsMismatch(ref.lease)
        );
        require(amendment.rate != 0, RateIsZero());
        if (signer == ref.terms.tenant) return;
        require(signer == ref.terms.agent, NotParty(signer));
        require(
            amendment.rate <= ref.terms.rate && amendment.minimumCharge <= ref.terms.minimumCharge
                && amendment.deposit == 0,
            AgentBeyondTerms(signer)
        );
    }

    /// @dev The operator consents by being the caller or by signature, with the hot key of a bonded operator.
    function _requireOperator(address operator, bytes32 structHash, bytes calldata sig) private view {
        address hotKey = _operators.activeHotKey(operator);
        require(hotKey != address(0), OperatorNotActive(operator));
        if (msg.sender != hotKey) _requireSignature(hotKey, structHash, sig);
    }

    function _requireAcceptance(
        Order calldata order,
        bytes32 lease,
        bytes32 bidHash,
        bytes calldata orderSig,
        bytes calldata acceptanceSig
    ) private view {
        address accepter = order.tenant;
        if (orderSig.length != 0) {
            _requireSignature(order.tenant, lease, orderSig);
            accepter = order.agent;
        }
        _requireSignature(accepter, Messages.hashAcceptance(lease, bidHash), acceptanceSig);
    }

    /// @dev Ordinary keys first: it spares them a look at the account's code, and lets an account that delegates to code
    /// (EIP-7702) go on signing with its key. The zero address is never recovered and has no code: it signs nothing.
    function _requireSignature(address signer, bytes32 structHash, bytes calldata sig) private view {
        bytes32 digest = _hashTypedDataV4(structHash);
        (address recovered, ECDSA.RecoverError err,) = ECDSA.tryRecoverCalldata(digest, sig);
        if (err == ECDSA.RecoverError.NoError && recovered == signer) return;
        require(SignatureChecker.isValidSignatureNowCalldata(signer, digest, sig), InvalidSignature(signer));
    }

    function _isOperator(Terms calldata terms, address account) private view returns (bool) {
        return account == terms.operator || _operators.operatorByHotKey(account) == terms.operator;
    }

    function _isBuyer(Terms calldata terms, address account) private pure returns (bool) {
        return account == terms.tenant || account == terms.agent || account == terms.watcher;
    }

    function _buyerRole(Terms calldata terms, address account) private pure returns (ClosedBy) {
        if (account == terms.tenant) return ClosedBy.Tenant;
        if (account == terms.agent) return ClosedBy.Agent;
        require(account == terms.watcher, NotParty(account));
        return ClosedBy.Watcher;
    }

    function _clampToWindow(Terms calldata terms, uint40 effectiveAt) private view returns (uint40) {
        require(effectiveAt <= _now(), EffectiveInFuture(effectiveAt, block.timestamp));
        uint40 window = terms.clawbackWindow;
        uint40 earliest = _now() > window ? _now() - window : 0;
        return effectiveAt < earliest ? earliest : effectiveAt;
    }

    function _hash(Terms memory terms) private pure returns (bytes32) {
        return keccak256(abi.encode(terms));
    }

    function _now() private view returns (uint40) {
        return uint40(block.timestamp);
    }

    function _min(uint96 a, uint96 b) private pure returns (uint96) {
        return a < b ? a : b;
    }

    function _max(uint96 a, uint96 b) private pure returns (uint96) {
        return a > b ? a : b;
    }
}
