// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IOperators} from "./interfaces/IOperators.sol";

/// @title Operators: who may sell, and what they stand to lose
/// @dev What this contract takes from outsiders, and what breaks without it:
/// - The bond token moves exactly the amount it is told to, or reverts. With a fee on transfer or a rebase the bonds
///   recorded exceed the tokens held, and the last to unbond gets nothing.
/// - The bond token may call back: state is written before every transfer, so a call back finds the books balanced.
/// - A bond token that blocks an account blocks that account's `finishUnbond` only; one that blocks the fee sink blocks
///   slashing.
/// - A slasher can take every bond. It must be a contract that acts on proof alone; the list never changes.
/// - A hot key is not asked whether it agrees. Naming another's address as hot key gives that address power and costs
///   the namer its bond's delay; whoever owns an address can take it back as its own hot key.
contract Operators is IOperators {
    using SafeERC20 for IERC20;

    /// @dev One slot.
    struct Unbonding {
        uint96 amount;
        uint40 availableAt;
    }

    /// @notice The longest delay a deployment may set: a bond is never locked for good.
    uint40 public constant MAX_UNBOND_DELAY = 90 days;

    IERC20 private immutable _bondToken;
    /// @inheritdoc IOperators
    address public immutable feeSink;
    /// @inheritdoc IOperators
    uint96 public immutable minimumBond;
    /// @inheritdoc IOperators
    uint40 public immutable unbondDelay;

    /// @inheritdoc IOperators
    mapping(address account => bool) public isSlasher;
    /// @inheritdoc IOperators
    mapping(address hotKey => address operator) public operatorByHotKey;
    /// @dev Two slots: hot key and bond, metadata. Registered is who has a hot key.
    mapping(address operator => Operator) private _operators;
    /// @inheritdoc IOperators
    mapping(address operator => Unbonding) public unbonding;
    /// @inheritdoc IOperators
    mapping(address operator => mapping(address hotKey => uint256)) public retiredAt;

    constructor(
        address bondToken_,
        address feeSink_,
        uint96 minimumBond_,
        uint40 unbondDelay_,
        address[] memory slashers
    ) {
        require(bondToken_ != address(0) && feeSink_ != address(0), ZeroAddress());
        require(unbondDelay_ <= MAX_UNBOND_DELAY, DelayTooLong(unbondDelay_, MAX_UNBOND_DELAY));
        _bondToken = IERC20(bondToken_);
        feeSink = feeSink_;
        minimumBond = minimumBond_;
        unbondDelay = unbondDelay_;
        for (uint256 i = 0; i < slashers.length; ++i) {
            isSlasher[slashers[i]] = true;
        }
    }

    // --- the operator's walk ----------------------------------------------------------------------------------------

    /// @inheritdoc IOperators
    function register(address hotKey, uint96 amount, bytes32 metadata) external {
        _register(hotKey, amount, metadata);
    }

    /// @inheritdoc IOperators
    function registerWithPermit(
        address hotKey,
        uint96 amount,
        bytes32 metadata,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        try IERC20Permit(address(_bondToken)).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
        _register(hotKey, amount, metadata);
    }

    /// @inheritdoc IOperators
    function rotateHotKey(address newKey) external {
        Operator storage operator = _registered(msg.sender);
        address oldKey = operator.hotKey;
        if (operatorByHotKey[oldKey] == msg.sender) delete operatorByHotKey[oldKey];
        _claimHotKey(newKey);
        operator.hotKey = newKey;
        retiredAt[msg.sender][oldKey] = block.number;
        emit HotKeyRotated(msg.sender, oldKey, newKey);
    }

    /// @inheritdoc IOperators
    function setMetadata(bytes32 metadata) external {
        _registered(msg.sender).metadata = metadata;
        emit MetadataChanged(msg.sender, metadata);
    }

    /// @inheritdoc IOperators
    function bond(uint96 amount) external {
        require(amount != 0, AmountIsZero());
        Operator storage operator = _registered(msg.sender);
        uint96 total = operator.bond + amount;
        operator.bond = total;
        emit Bonded(msg.sender, amount, total);
        _bondToken.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IOperators
    function unbond(uint96 amount) external {
        require(amount != 0, AmountIsZero());
        Operator storage operator = _registered(msg.sender);
        uint96 bonded = operator.bond;
        require(amount <= bonded, UnbondTooLarge(amount, bonded));
        uint40 availableAt = uint40(block.timestamp) + unbondDelay;
        operator.bond = bonded - amount;
        unbonding[msg.sender] = Unbonding(unbonding[msg.sender].amount + amount, availableAt);
        emit UnbondStarted(msg.sender, amount, availableAt);
    }

    /// @inheritdoc IOperators
    function finishUnbond() external {
        Unbonding memory pending = unbonding[msg.sender];
        require(pending.amount != 0, NothingToUnbond(msg.sender));
        require(block.timestamp >= pending.availableAt, StillLocked(pending.availableAt, block.timestamp));
        delete unbonding[msg.sender];
        emit UnbondFinished(msg.sender, pending.amount);
        _bondToken.safeTransfer(msg.sender, pending.amount);
    }

    // --- slashers ---------------------------------------------------------------------------------------------------

    /// @inheritdoc IOperators
    function slash(address account, uint96 amount) external returns (uint96 taken) {
        require(isSlasher[msg.sender], NotSlasher(msg.sender));
        Operator storage operator = _registered(account);
        Unbonding storage pending = unbonding[account];
        uint96 fromBond = _min(amount, operator.bond);
        uint96 fromUnbonding = _min(amount - fromBond, pending.amount);
        operator.bond -= fromBond;
        pending.amount -= fromUnbonding;
        taken = fromBond + fromUnbonding;
        emit Slashed(account, msg.sender, taken);
        _bondToken.safeTransfer(feeSink, taken);
    }

    // --- views ------------------------------------------------------------------------------------------------------

    /// @inheritdoc IOperators
    function operatorOf(address operator) external view returns (Operator memory) {
        return _operators[operator];
    }

    /// @inheritdoc IOperators
    function activeHotKey(address account) external view returns (address) {
        Operator storage operator = _operators[account];
        return operator.bond >= minimumBond ? operator.hotKey : address(0);
    }

    /// @inheritdoc IOperators
    function bondToken() external view returns (address) {
        return address(_bondToken);
    }

    // --- within -----------------------------------------------------------------------------------------------------

    function _register(address hotKey, uint96 amount, bytes32 metadata) private {
        require(_operators[msg.sender].hotKey == address(0), AlreadyRegistered(msg.sender));
        require(amount >= minimumBond, BondTooSmall(amount, minimumBond));
        _claimHotKey(hotKey);
        _operators[msg.sender] = Operator(hotKey, amount, metadata);
        emit OperatorRegistered(msg.sender, hotKey, amount, metadata);
        _bondToken.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @dev Who owns an address may always use it, else a stranger could keep it from registering by naming it first.
    function _claimHotKey(address hotKey) private {
        require(hotKey != address(0), InvalidHotKey(hotKey));
        require(operatorByHotKey[hotKey] == address(0) || hotKey == msg.sender, HotKeyTaken(hotKey));
        operatorByHotKey[hotKey] = msg.sender;
    }

    function _registered(address account) private view returns (Operator storage operator) {
        operator = _operators[account];
        require(operator.hotKey != address(0), NotRegistered(account));
    }

    function _min(uint96 a, uint96 b) private pure returns (uint96) {
        return a < b ? a : b;
    }
}
