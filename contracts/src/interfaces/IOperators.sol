// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Operators: who may sell, and what they stand to lose
/// @notice An operator's id is the address of the cold key that registered it. Its hot key signs bids and sends
/// transactions. The bond stays the operator's own: nobody but the slashers named at deployment, each with its own
/// on-chain proof, can take any of it. There is no owner.
interface IOperators {
    /// @param hotKey Key that signs bids and sends the daemon's transactions
    /// @param bond Bonded tokens, in the bond token's smallest unit, without what is unbonding
    /// @param metadata Hash of the operator's published description
    struct Operator {
        address hotKey;
        uint96 bond;
        bytes32 metadata;
    }

    event OperatorRegistered(address indexed operator, address indexed hotKey, uint96 bond, bytes32 metadata);
    event HotKeyRotated(address indexed operator, address indexed oldKey, address indexed newKey);
    event MetadataChanged(address indexed operator, bytes32 metadata);
    event Bonded(address indexed operator, uint96 amount, uint96 bond);
    event UnbondStarted(address indexed operator, uint96 amount, uint40 availableAt);
    event UnbondFinished(address indexed operator, uint96 amount);
    event Slashed(address indexed operator, address indexed slasher, uint96 amount);

    error ZeroAddress();
    error DelayTooLong(uint40 delay, uint40 maximum);
    error AlreadyRegistered(address operator);
    error NotRegistered(address operator);
    error HotKeyTaken(address hotKey);
    error InvalidHotKey(address hotKey);
    error BondTooSmall(uint256 bond, uint256 minimum);
    error AmountIsZero();
    error UnbondTooLarge(uint256 amount, uint256 bond);
    error NothingToUnbond(address operator);
    error StillLocked(uint40 availableAt, uint256 now_);
    error NotSlasher(address caller);

    /// @notice Register the caller as an operator, taking `bond` from its allowance. A hot key serves one operator; the
    /// caller's own address can always be its hot key, whoever named it before.
    function register(address hotKey, uint96 bond, bytes32 metadata) external;

    /// @notice As `register`, with an ERC-2612 permit. A permit that fails, as one that was front-run, is passed over: the
    /// allowance decides.
    function registerWithPermit(
        address hotKey,
        uint96 bond,
        bytes32 metadata,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Replace the caller's hot key, for open leases too.
    function rotateHotKey(address newKey) external;

    function setMetadata(bytes32 metadata) external;

    /// @notice Add to the caller's bond.
    function bond(uint96 amount) external;

    /// @notice Start to take back `amount`: out of the bond now, paid out after `unbondDelay`. One at a time; a second
    /// call adds to the first and starts the delay again.
    function unbond(uint96 amount) external;

    /// @notice Pay the caller what it unbonded, once the delay is over.
    function finishUnbond() external;

    /// @notice Take up to `amount` from the bond, then from the unbonding, of `operator`, to the fee sink. Only a slasher
    /// named at deployment.
    function slash(address operator, uint96 amount) external returns (uint96 taken);

    function operatorOf(address operator) external view returns (Operator memory);

    /// @notice The operator behind a hot key; zero if none.
    function operatorByHotKey(address hotKey) external view returns (address);

    /// @notice The block in which `operator` last replaced `hotKey` by another; 0 if it never did. What the key signed
    /// before still binds the operator.
    function retiredAt(address operator, address hotKey) external view returns (uint256 block_);

    /// @notice The hot key, if the operator is registered and bonded to at least `minimumBond`; zero otherwise.
    function activeHotKey(address operator) external view returns (address);

    function unbonding(address operator) external view returns (uint96 amount, uint40 availableAt);

    function isSlasher(address account) external view returns (bool);

    function feeSink() external view returns (address);

    function bondToken() external view returns (address);

    function minimumBond() external view returns (uint96);

    function unbondDelay() external view returns (uint40);
}
