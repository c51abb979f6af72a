// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISoukPurse} from "./ISoukPurse.sol";

/// @title Stakes: who stands behind a validator, and with how much
/// @notice Each operator has a pool in each subnet, of its own stake and its delegators', held in shares: a slash takes from
/// all alike. Leaving takes `unbondDelay` seconds, in which what leaves can still be slashed; in a dissolved subnet none.
/// Nobody but the holder can move stake, nobody can hold it back.
interface IStakes is ISoukPurse {
    struct Pool {
        uint128 stake;
        uint128 unbonding;
        uint256 shares;
        uint256 unbondingShares;
    }

    /// @param proportion In 2^32ths of the operator's stake
    struct Child {
        address operator;
        uint64 proportion;
    }

    /// @param amount What its shares are worth now
    struct Pending {
        uint256 amount;
        uint40 availableAt;
    }

    /// @param shares Of the delegator, after the change, as the pool's
    event StakeChanged(
        uint32 indexed subnet,
        address indexed operator,
        address indexed delegator,
        uint256 shares,
        uint128 poolStake,
        uint256 poolShares
    );
    event UnstakeStarted(
        uint32 indexed subnet, address indexed operator, address indexed delegator, uint256 amount, uint40 availableAt
    );
    event Unstaked(uint32 indexed subnet, address indexed operator, address indexed delegator, uint256 amount);
    /// @param amount Burned, of stake and of what was unbonding
    event PoolSlashed(uint32 indexed subnet, address indexed operator, uint256 amount, uint128 poolStake);
    event TakeSet(uint32 indexed subnet, address indexed operator, uint16 take);
    event ChildrenSet(uint32 indexed subnet, address indexed operator, Child[] children, uint64 fromEpoch);

    error DelayTooLong(uint256 delay, uint256 maximum);
    error AmountIsZero();
    error NotAnOperator(address account);
    error StakeTooSmall(uint256 amount, uint256 stake);
    error TooManyUnbonding(uint256 maximum);
    error NothingUnbonded(uint256 nextAt, uint256 now_);
    error OwnStakeStays(address operator);
    error SameAccount(address account);
    error TakeTooHigh(uint256 take, uint256 maximum);
    error TakeRaisedLately(uint256 nextAt, uint256 now_);
    error TooManyChildren(uint256 count, uint256 maximum);
    error ChildrenOutOfOrder(address operator);
    error ProportionsTooLarge(uint256 sum, uint256 maximum);
    error NotEpochs(address caller);

    /// @notice Add to the caller's stake in the pool of `operator`, any registered operator.
    function stake(uint32 subnet, address operator, uint128 amount) external;

    function stakeWithPermit(uint32 subnet, address operator, uint128 amount, Permission calldata permission) external;

    /// @notice Start to take back `amount`; at most 8 at a time in one pool. In a dissolved subnet it is paid at once.
    function unstake(uint32 subnet, address operator, uint128 amount) external;

    /// @notice Pay the caller all that has unbonded in the pool of `operator`.
    function finishUnstake(uint32 subnet, address operator) external;

    /// @notice Move the caller's stake to another pool, in whatever subnet, without unbonding. Not an operator's own: that
    /// answers for what the operator signs, and could be elsewhere before the proof comes.
    function moveStake(uint32 subnet, address operator, uint32 toSubnet, address toOperator, uint128 amount) external;

    /// @notice Give stake to another account, within the pool. Not an operator's own, which could be moved then.
    function transferStake(uint32 subnet, address operator, address to, uint128 amount) external;

    /// @notice Share, of 65535, of a validator's dividends that the caller keeps from its delegators. It may fall at any
    /// time, and rise once in 30 days. 0 until it is set.
    function setTake(uint32 subnet, uint16 take) external;

    /// @notice Let the caller's pool work for up to 5 other operators, ascending by address, from the epoch after the
    /// next on. Replaces what was set before.
    function setChildren(uint32 subnet, Child[] calldata children) external;

    /// @notice Burn `bps` hundredths of a percent of a pool, unbonding included. Only Epochs, on proof.
    function slash(uint32 subnet, address operator, uint256 bps) external returns (uint256 taken);

    function poolOf(uint32 subnet, address operator) external view returns (Pool memory);

    /// @notice Stake of an operator's pool, unbonding not included.
    function poolStake(uint32 subnet, address operator) external view returns (uint256);

    /// @notice Stake of all pools of a subnet, unbonding not included.
    function totalStake(uint32 subnet) external view returns (uint256);

    function stakeOf(uint32 subnet, address operator, address delegator) external view returns (uint256);

    function sharesOf(uint32 subnet, address operator, address delegator) external view returns (uint256);

    function unbondingOf(uint32 subnet, address operator, address delegator)
        external
        view
        returns (Pending[] memory pending);

    function takeOf(uint32 subnet, address operator) external view returns (uint16 take, uint40 raisedAt);

    function unbondDelay() external view returns (uint40);

    /// @notice Who may slash.
    function epochs() external view returns (address);
}
