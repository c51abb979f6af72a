// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SoukPurse} from "./SoukPurse.sol";
import {IEmissions} from "./interfaces/IEmissions.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {ISoukToken} from "./interfaces/ISoukToken.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {ISubnets} from "./interfaces/ISubnets.sol";

/// @title Stakes: pools of shares, and the way out of them
/// @dev Two kinds of shares, both as tokens × (shares + 1) / (tokens + 1): of a pool's stake, and of what is unbonding
/// from it. Tokens leave a pool only by a slash or with their shares, and come only with shares, so a share is never worth
/// more than one token, and nobody can raise its worth to round another's deposit away. All rounding stays in the pool.
/// What this contract takes from outsiders, and what breaks without it:
/// - Epochs slashes on proof alone. It can burn any pool, and give nothing to anyone.
/// - Emissions takes points without reverting: SOUK is less than 2^128. Were it to revert, nobody could leave.
contract Stakes is IStakes, SoukPurse {
    using Math for uint256;
    using SafeCast for uint256;

    /// @dev One slot.
    struct Leaving {
        uint216 shares;
        uint40 availableAt;
    }

    /// @dev One slot.
    struct Take {
        uint16 take;
        uint40 raisedAt;
    }

    uint256 public constant MAX_DELAY = 90 days;
    uint256 public constant MAX_UNBONDING = 8;
    uint256 public constant MAX_TAKE = 11_796;
    uint256 public constant TAKE_RISE_DELAY = 30 days;
    uint256 public constant MAX_CHILDREN = 5;
    uint256 public constant ALL_OF_A_STAKE = 1 << 32;
    uint256 private constant BPS = 10_000;

    IEmissions private immutable _emissions;
    IOperators private immutable _operators;
    ISubnets private immutable _subnets;
    /// @inheritdoc IStakes
    address public immutable epochs;
    /// @inheritdoc IStakes
    uint40 public immutable unbondDelay;

    /// @inheritdoc IStakes
    mapping(uint32 subnet => uint256) public totalStake;
    mapping(uint32 subnet => mapping(address operator => Pool)) private _pools;
    /// @inheritdoc IStakes
    mapping(uint32 subnet => mapping(address operator => mapping(address delegator => uint256))) public sharesOf;
    mapping(uint32 subnet => mapping(address operator => mapping(address delegator => Leaving[]))) private _leaving;
    /// @inheritdoc IStakes
    mapping(uint32 subnet => mapping(address operator => Take)) public takeOf;

    constructor(
        uint40 unbondDelay_,
        ISoukToken token_,
        IEmissions emissions,
        IOperators operators,
        ISubnets subnets,
        address epochs_
    ) SoukPurse(token_) {
        require(unbondDelay_ <= MAX_DELAY, DelayTooLong(unbondDelay_, MAX_DELAY));
        _emissions = emissions;
        _operators = operators;
        _subnets = subnets;
        epochs = epochs_;
        unbondDelay = unbondDelay_;
    }

    // --- the delegator's walk ---------------------------------------------------------------------------------------

    /// @inheritdoc IStakes
    function stake(uint32 subnet, address operator, uint128 amount) external {
        _stake(subnet, operator, amount);
    }

    /// @inheritdoc IStakes
    function stakeWithPermit(uint32 subnet, address operator, uint128 amount, Permission calldata permission)
        external
        withPermit(permission)
    {
        _stake(subnet, operator, amount);
    }

    /// @inheritdoc IStakes
    function moveStake(uint32 subnet, address operator, uint32 toSubnet, address toOperator, uint128 amount) external {
        require(msg.sender != operator, OwnStakeStays(operator));
        require(subnet != toSubnet || operator != toOperator, SameAccount(operator));
        _requireOpen(toSubnet, toOperator);
        _remove(subnet, operator, msg.sender, amount);
        _add(toSubnet, toOperator, msg.sender, amount);
    }

    /// @inheritdoc IStakes
    /// @dev The shares move, not their worth: there is nothing to round but how many.
    function transferStake(uint32 subnet, address operator, address to, uint128 amount) external {
        require(msg.sender != operator, OwnStakeStays(operator));
        require(to != msg.sender && to != address(0), SameAccount(to));
        uint256 shares = _sharesFor(subnet, operator, msg.sender, amount);
        sharesOf[subnet][operator][msg.sender] -= shares;
        sharesOf[subnet][operator][to] += shares;
        _tell(subnet, operator, msg.sender);
        _tell(subnet, operator, to);
    }

    /// @inheritdoc IStakes
    function unstake(uint32 subnet, address operator, uint128 amount) external {
        _remove(subnet, operator, msg.sender, amount);
        if (_isDissolved(subnet)) {
            emit Unstaked(subnet, operator, msg.sender, amount);
            _pay(msg.sender, amount);
            return;
        }
        Leaving[] storage leaving = _leaving[subnet][operator][msg.sender];
        require(leaving.length < MAX_UNBONDING, TooManyUnbonding(MAX_UNBONDING));
        Pool storage pool = _pools[subnet][operator];
        uint256 shares = _toShares(amount, pool.unbondingShares, pool.unbonding, Math.Rounding.Floor);
        uint40 availableAt = uint40(block.timestamp) + unbondDelay;
        pool.unbonding += amount;
        pool.unbondingShares += shares;
        leaving.push(Leaving(shares.toUint216(), availableAt));
        emit UnstakeStarted(subnet, operator, msg.sender, amount, availableAt);
    }

    /// @inheritdoc IStakes
    /// @dev Entries are in the order of their times: those that are over are the first.
    function finishUnstake(uint32 subnet, address operator) external {
        Leaving[] storage leaving = _leaving[subnet][operator][msg.sender];
        uint256 length = leaving.length;
        uint256 over = _isDissolved(subnet) ? length : _countOver(leaving);
        require(over != 0, NothingUnbonded(length == 0 ? 0 : leaving[0].availableAt, block.timestamp));
        uint256 shares;
        for (uint256 i = 0; i < length; ++i) {
            if (i < over) shares += leaving[i].shares;
            else leaving[i - over] = leaving[i];
        }
        for (uint256 i = 0; i < over; ++i) {
            leaving.pop();
        }
        Pool storage pool = _pools[subnet][operator];
        uint256 amount = _toTokens(shares, pool.unbondingShares, pool.unbonding);
        pool.unbondingShares -= shares;
        pool.unbonding -= uint128(amount);
        emit Unstaked(subnet, operator, msg.sender, amount);
        _pay(msg.sender, amount);
    }

    // --- the validator's --------------------------------------------------------------------------------------------

    /// @inheritdoc IStakes
    function setTake(uint32 subnet, uint16 take) external {
        _requireOpen(subnet, msg.sender);
        require(take <= MAX_TAKE, TakeTooHigh(take, MAX_TAKE));
        Take storage it = takeOf[subnet][msg.sender];
        if (take > it.take) {
            uint256 nextAt = it.raisedAt == 0 ? 0 : it.raisedAt + TAKE_RISE_DELAY;
            require(block.timestamp >= nextAt, TakeRaisedLately(nextAt, block.timestamp));
            it.raisedAt = uint40(block.timestamp);
        }
        it.take = take;
        emit TakeSet(subnet, msg.sender, take);
    }

    /// @inheritdoc IStakes
    /// @dev Kept in events only: no contract counts with them.
    function setChildren(uint32 subnet, Child[] calldata children) external {
        _requireOpen(subnet, msg.sender);
        require(children.length <= MAX_CHILDREN, TooManyChildren(children.length, MAX_CHILDREN));
        uint256 sum;
        for (uint256 i = 0; i < children.length; ++i) {
            address child = children[i].operator;
            require(child != msg.sender, SameAccount(child));
            require(i == 0 || child > children[i - 1].operator, ChildrenOutOfOrder(child));
            _requireOperator(child);
            sum += children[i].proportion;
        }
        require(sum <= ALL_OF_A_STAKE, ProportionsTooLarge(sum, ALL_OF_A_STAKE));
        (uint64 epoch,) = _subnets.epochNow(subnet);
        emit ChildrenSet(subnet, msg.sender, children, epoch + 2);
    }

    // --- Epochs -----------------------------------------------------------------------------------------------------

    /// @inheritdoc IStakes
    function slash(uint32 subnet, address operator, uint256 bps) external returns (uint256 taken) {
        require(msg.sender == epochs, NotEpochs(msg.sender));
        Pool storage pool = _pools[subnet][operator];
        uint256 fromStake = pool.stake * bps / BPS;
        uint256 fromUnbonding = pool.unbonding * bps / BPS;
        pool.stake -= uint128(fromStake);
        pool.unbonding -= uint128(fromUnbonding);
        totalStake[subnet] -= fromStake;
        taken = fromStake + fromUnbonding;
        emit PoolSlashed(subnet, operator, taken, pool.stake);
        _emissions.setPoints(subnet, totalStake[subnet]);
        token.burn(taken);
    }

    // --- views ------------------------------------------------------------------------------------------------------

    /// @inheritdoc IStakes
    function poolOf(uint32 subnet, address operator) external view returns (Pool memory) {
        return _pools[subnet][operator];
    }

    /// @inheritdoc IStakes
    function poolStake(uint32 subnet, address operator) external view returns (uint256) {
        return _pools[subnet][operator].stake;
    }

    /// @inheritdoc IStakes
    function stakeOf(uint32 subnet, address operator, address delegator) public view returns (uint256) {
        Pool storage pool = _pools[subnet][operator];
        return _toTokens(sharesOf[subnet][operator][delegator], pool.shares, pool.stake);
    }

    /// @inheritdoc IStakes
    function unbondingOf(uint32 subnet, address operator, address delegator)
        external
        view
        returns (Pending[] memory pending)
    {
        Leaving[] storage leaving = _leaving[subnet][operator][delegator];
        Pool storage pool = _pools[subnet][operator];
        pending = new Pending[](leaving.length);
        for (uint256 i = 0; i < pending.length; ++i) {
            uint256 amount = _toTokens(leaving[i].shares, pool.unbondingShares, pool.unbonding);
            pending[i] = Pending(amount, leaving[i].availableAt);
        }
    }

    // --- within -----------------------------------------------------------------------------------------------------

    function _stake(uint32 subnet, address operator, uint128 amount) private {
        _requireOpen(subnet, operator);
        _add(subnet, operator, msg.sender, amount);
        _take(amount);
    }

    function _add(uint32 subnet, address operator, address delegator, uint128 amount) private {
        require(amount != 0, AmountIsZero());
        Pool storage pool = _pools[subnet][operator];
        uint256 shares = _toShares(amount, pool.shares, pool.stake, Math.Rounding.Floor);
        pool.stake += amount;
        pool.shares += shares;
        sharesOf[subnet][operator][delegator] += shares;
        _setTotal(subnet, totalStake[subnet] + amount);
        _tell(subnet, operator, delegator);
    }

    function _remove(uint32 subnet, address operator, address delegator, uint128 amount) private {
        uint256 shares = _sharesFor(subnet, operator, delegator, amount);
        Pool storage pool = _pools[subnet][operator];
        pool.stake -= amount;
        pool.shares -= shares;
        sharesOf[subnet][operator][delegator] -= shares;
        _setTotal(subnet, totalStake[subnet] - amount);
        _tell(subnet, operator, delegator);
    }

    /// @dev All of its shares where it is all of its stake, so that no dust is left behind.
    function _sharesFor(uint32 subnet, address operator, address delegator, uint256 amount)
        private
        view
        returns (uint256)
    {
        require(amount != 0, AmountIsZero());
        uint256 all = stakeOf(subnet, operator, delegator);
        require(amount <= all, StakeTooSmall(amount, all));
        if (amount == all) return sharesOf[subnet][operator][delegator];
        Pool storage pool = _pools[subnet][operator];
        return _toShares(amount, pool.shares, pool.stake, Math.Rounding.Ceil);
    }

    function _setTotal(uint32 subnet, uint256 total) private {
        totalStake[subnet] = total;
        _emissions.setPoints(subnet, total);
    }

    function _tell(uint32 subnet, address operator, address delegator) private {
        Pool storage pool = _pools[subnet][operator];
        uint256 shares = sharesOf[subnet][operator][delegator];
        emit StakeChanged(subnet, operator, delegator, shares, pool.stake, pool.shares);
    }

    function _toShares(uint256 amount, uint256 shares, uint256 tokens, Math.Rounding rounding)
        private
        pure
        returns (uint256)
    {
        return amount.mulDiv(shares + 1, tokens + 1, rounding);
    }

    function _toTokens(uint256 amount, uint256 shares, uint256 tokens) private pure returns (uint256) {
        return amount.mulDiv(tokens + 1, shares + 1);
    }

    function _countOver(Leaving[] storage leaving) private view returns (uint256 over) {
        while (over < leaving.length && leaving[over].availableAt <= block.timestamp) ++over;
    }

    function _isDissolved(uint32 subnet) private view returns (bool) {
        return _subnets.subnetOf(subnet).dissolvedAt != 0;
    }

    function _requireOpen(uint32 subnet, address operator) private view {
        ISubnets.Subnet memory it = _subnets.subnetOf(subnet);
        require(it.owner != address(0), ISubnets.NoSuchSubnet(subnet));
        require(it.dissolvedAt == 0, ISubnets.SubnetIsDissolved(subnet));
        _requireOperator(operator);
    }

    function _requireOperator(address account) private view {
        require(_operators.operatorOf(account).hotKey != address(0), NotAnOperator(account));
    }
}
