// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Market: tenants' balances and the leases paid from them
/// @notice Orders and bids are signed off chain; this contract sees only the pair that became a lease. Nobody owns it:
/// there is no pause, no upgrade, no power over funds. Amounts are in a token's smallest unit, rates per hour,
/// times in unix seconds. Fees and clawed-back money gather in the account of the fee sink.
interface IMarket {
    /// @notice A tenant's signed wish. Its struct hash is the lease's id, so a signature opens at most one lease.
    /// @param tenant Who pays
    /// @param agent Key that may accept a bid within this order and sign Ready and Close; zero for none
    /// @param watcher Key that may sign Ready and Close only; zero for none
    /// @param manifest SHA-256 of the canonical manifest
    /// @param requirements Keccak-256 of the canonical requirements that travel with the order
    /// @param maxRate Ceiling, per hour
    /// @param deposit Locked from the tenant's balance at opening; not zero
    /// @param clawbackWindow Seconds of pay that stay revocable
    /// @param startWindow Seconds from opening until the meter starts without a signed Ready
    /// @param expiresAt Last second in which it may be opened
    /// @param counter Must equal the tenant's counter: `cancelAll` voids all orders signed before
    struct Order {
        address tenant;
        address agent;
        address watcher;
        address token;
        bytes32 manifest;
        bytes32 requirements;
        uint96 maxRate;
        uint96 deposit;
        uint32 clawbackWindow;
        uint32 startWindow;
        uint40 expiresAt;
        uint64 counter;
        bytes32 salt;
    }

    /// @notice A provider's signed offer on one order.
    /// @param order Struct hash of the order
    /// @param operator Operator id
    /// @param minimumCharge Once the meter has started and the buying side closes, at least this is owed, as far as
    /// `funded` goes, whatever is clawed back. An operator that leaves by itself earns only its time
    /// @param expiresAt Last second in which it may be opened
    struct Bid {
        bytes32 order;
        address operator;
        uint96 rate;
        uint96 minimumCharge;
        uint40 expiresAt;
    }

    /// @notice What a lease was agreed on. Only its hash is stored; calls bring it along.
    /// @param revision Counts amendments, so that none is applied twice
    struct Terms {
        address tenant;
        address agent;
        address watcher;
        address operator;
        address token;
        uint96 rate;
        uint96 minimumCharge;
        uint32 clawbackWindow;
        uint40 openedAt;
        uint40 startDeadline;
        uint32 revision;
    }

    /// @notice What changes in a lease's life.
    /// @param funded All that was locked for it since opening (or the last amendment)
    /// @param collected All that was paid out of `funded`
    /// @param readyAt Start of the meter, as signed or by an amendment; zero while it is left to the start deadline
    /// @param status 0 unknown, 1 open, 2 closed
    struct LeaseState {
        uint96 funded;
        uint96 collected;
        uint40 readyAt;
        uint8 status;
    }

    /// @notice Change of a running lease, signed by tenant (or agent) and operator's hot key. An agent is held to what
    /// the tenant agreed to: it can raise neither rate nor minimum charge, nor take a deposit.
    /// @param terms Hash of the terms that it replaces
    /// @param manifest The manifest from now on; only told in the event, as `requirements`
    /// @param minimumCharge As in a bid, counted anew from the amendment
    /// @param deposit Added from the tenant's balance; may be zero
    /// @param expiresAt Last second in which it may be applied
    struct Amendment {
        bytes32 lease;
        bytes32 terms;
        bytes32 manifest;
        bytes32 requirements;
        uint96 rate;
        uint96 minimumCharge;
        uint96 deposit;
        uint40 expiresAt;
    }

    struct LeaseRef {
        bytes32 lease;
        Terms terms;
    }

    /// @notice Who ended a lease: whose signature or call, or nobody.
    enum ClosedBy {
        Tenant,
        Agent,
        Watcher,
        Operator,
        Exhausted
    }

    event Deposited(address indexed token, address indexed account, address indexed from, uint256 amount);
    event Withdrawn(address indexed token, address indexed account, uint256 amount);
    event OrdersCancelled(address indexed tenant, uint64 counter);
    event LeaseOpened(
        bytes32 indexed lease, address indexed tenant, address indexed operator, Terms terms, uint96 deposit
    );
    event LeaseReady(bytes32 indexed lease, uint40 readyAt);
    /// @param amount Paid by this call, before the protocol fee
    event LeaseCollected(bytes32 indexed lease, uint96 amount);
    event LeaseToppedUp(bytes32 indexed lease, uint96 amount, uint96 funded);
    /// @param paid Paid by this call, before the protocol fee
    event LeaseAmended(
        bytes32 indexed lease, Terms terms, uint96 paid, uint96 funded, bytes32 manifest, bytes32 requirements
    );
    /// @param wasReady Whether the meter had started; if not, everything returned
    /// @param effectiveAt When the lease ended as far as money goes
    /// @param paid Paid by this call, before the protocol fee. paid + refunded + clawedBack = funded - collected
    event LeaseClosed(
        bytes32 indexed lease,
        address indexed tenant,
        address indexed operator,
        ClosedBy by,
        bool wasReady,
        uint40 effectiveAt,
        uint96 paid,
        uint96 refunded,
        uint96 clawedBack
    );

    error ZeroAddress();
    error FeeAboveCap(uint16 feeBps, uint16 cap);
    error TokenNotAllowed(address token);
    error AmountIsZero();
    error BalanceTooSmall(uint256 balance, uint256 needed);
    error OrderExpired(uint40 expiresAt, uint256 now_);
    error BidExpired(uint40 expiresAt, uint256 now_);
    error AmendmentExpired(uint40 expiresAt, uint256 now_);
    error BidForOtherOrder(bytes32 order, bytes32 bidOrder);
    error RateAboveCeiling(uint96 rate, uint96 maxRate);
    error RateIsZero();
    error WindowTooLong(uint32 window, uint32 maximum);
    error CounterMismatch(uint64 counter, uint64 current);
    error OperatorNotActive(address operator);
    error InvalidSignature(address signer);
    error LeaseExists(bytes32 lease);
    error LeaseNotOpen(bytes32 lease);
    error TermsMismatch(bytes32 lease);
    /// @notice The meter runs: Ready was marked, or the start deadline has come.
    error AlreadyReady(bytes32 lease);
    error ReadyOutOfRange(uint40 readyAt, uint256 earliest, uint256 latest);
    error LeaseExhausted(bytes32 lease, uint40 fundedUntil);
    error NotExhausted(bytes32 lease, uint40 fundedUntil);
    error EffectiveInFuture(uint40 effectiveAt, uint256 now_);
    /// @notice Neither the caller nor the named signer may do this to the lease.
    error NotParty(address account);
    error AgentBeyondTerms(address agent);

    // --- balances ---------------------------------------------------------------------------------------------------

    /// @notice Move tokens from the caller's wallet to its account here.
    function deposit(address token, uint256 amount) external;

    /// @notice As `deposit`, with an ERC-2612 permit. A permit that fails, as one that was front-run, is passed over:
    /// the allowance decides.
    function depositWithPermit(address token, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Move tokens from the caller's account here to its wallet.
    function withdraw(address token, uint256 amount) external;

    /// @notice Void every order the caller has signed and that is not open yet.
    function cancelAll() external returns (uint64 counter);

    /// @notice Send the fee sink's account to the fee sink. Anyone may call.
    function flushFees(address token) external returns (uint256 amount);

    // --- leases -----------------------------------------------------------------------------------------------------

    /// @notice Open a lease. Needs the operator's consent (caller is its hot key, or `bidSig` by it) and the tenant's:
    /// `acceptanceSig` over Acceptance(order, bid) by the tenant; or by the order's agent, then with `orderSig` by the
    /// tenant over the order (else `orderSig` is empty). Contract wallets sign by ERC-1271. Anyone may bring the
    /// signatures. What the operator earns goes to the account of its id, the cold key.
    function open(
        Order calldata order,
        Bid calldata bid,
        bytes calldata orderSig,
        bytes calldata acceptanceSig,
        bytes calldata bidSig
    ) external returns (bytes32 lease);

    /// @notice Start the meter at `readyAt`, signed by tenant, agent or watcher as Ready(lease, readyAt), between opening
    /// and now. Must arrive before the start deadline, at which the meter starts by itself. Anyone may bring it.
    function markReady(LeaseRef calldata ref, uint40 readyAt, address signer, bytes calldata sig) external;

    /// @notice Pay the operators what has accrued and is older than each lease's clawback window. Anyone may call; a
    /// lease that is closed or whose terms do not match is skipped.
    /// @return total Sum of what was paid, before the protocol fee
    function collect(LeaseRef[] calldata refs) external returns (uint256 total);

    /// @notice Lock `amount` more of the caller's balance for a lease. Not after it ran out of money. Anyone may; what is
    /// left at the end returns to the tenant all the same.
    function topUp(LeaseRef calldata ref, uint96 amount) external;

    /// @notice Pay all that is owed up to now, then go on under new terms, counting from now. Signed by tenant or agent
    /// (`signer`) and by the hot key, which need not sign if it is the caller. Not after the lease ran out of money.
    function amend(
        LeaseRef calldata ref,
        Amendment calldata amendment,
        address signer,
        bytes calldata tenantSig,
        bytes calldata operatorSig
    ) external;

    /// @notice Close by tenant, agent, watcher or operator (cold or hot key) as caller. The buying side may name an
    /// effective time up to one clawback window back (an earlier one counts as that); what this takes from the operator
    /// goes to the fee sink. An operator's close takes effect now. Before the meter started everything returns.
    function close(LeaseRef calldata ref, uint40 effectiveAt) external;

    /// @notice Close with the buying side's signature over Close(lease, effectiveAt), by anyone. When the operator
    /// brings it, both agree: nothing is clawed back, what is unearned at `effectiveAt` returns to the tenant, and
    /// `effectiveAt` may be any age. Otherwise as `close`.
    function closeSigned(LeaseRef calldata ref, uint40 effectiveAt, address signer, bytes calldata sig) external;

    /// @notice Close a lease that has run out of money. Anyone may call.
    function closeExhausted(LeaseRef calldata ref) external;

    // --- views ------------------------------------------------------------------------------------------------------

    function balanceOf(address token, address account) external view returns (uint256);

    function counterOf(address tenant) external view returns (uint64);

    function leaseOf(bytes32 lease) external view returns (LeaseState memory state, bytes32 termsHash);

    /// @notice When the money runs out.
    function fundedUntil(LeaseRef calldata ref) external view returns (uint40);

    /// @notice All that is owed for the lease up to `time` (since opening or the last amendment), collected included.
    function owedAt(LeaseRef calldata ref, uint40 time) external view returns (uint96);

    /// @notice What `collect` would pay now, before the protocol fee.
    function collectable(LeaseRef calldata ref) external view returns (uint96);

    function hashOrder(Order calldata order) external pure returns (bytes32);

    function hashBid(Bid calldata bid) external pure returns (bytes32);

    function hashTerms(Terms calldata terms) external pure returns (bytes32);

    /// @notice The longest clawback window an order may name, in seconds.
    function MAX_CLAWBACK_WINDOW() external view returns (uint32);

    /// @notice The longest start window an order may name, in seconds.
    function MAX_START_WINDOW() external view returns (uint32);

    function operators() external view returns (address);

    function feeSink() external view returns (address);

    function feeBps() external view returns (uint16);

    function isTokenAllowed(address token) external view returns (bool);
}
