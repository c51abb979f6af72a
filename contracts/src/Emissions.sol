// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SoukToken} from "./SoukToken.sol";
import {IEmissions} from "./interfaces/IEmissions.sol";
import {ISoukToken} from "./interfaces/ISoukToken.sol";

/// @title Emissions: one accumulator of tokens per point, and where each subnet joined it
/// @dev What this contract takes from outsiders, and what breaks without it:
/// - Stakes, Subnets and Epochs are named at deployment, before two of them exist: their addresses are foretold from the
///   deployer's nonce, and whoever deploys checks that they came to be. With a wrong Stakes all points are invented.
/// - Points are tokens, of which there are less than 2^112: what is emitted per point fits 208 bits even if there is one.
contract Emissions is IEmissions {
    using SafeCast for uint256;

    /// @dev Two slots. Of all subnets: emitted per point and points of all. Of one: the same accumulator when it was
    /// written, its points from then on, what it had accrued.
    struct Mark {
        uint48 since;
        uint208 perPoint;
        uint128 points;
        uint128 accrued;
    }

    /// @dev Fraction bits of `perPoint`.
    uint256 private constant SCALE_BITS = 96;

    SoukToken private immutable _token;
    uint256 private immutable _firstBlock;
    uint256 private immutable _initialPerBlock;
    uint256 private immutable _halvingBlocks;
    /// @inheritdoc IEmissions
    address public immutable subnets;
    /// @inheritdoc IEmissions
    address public immutable stakes;
    /// @inheritdoc IEmissions
    address public immutable epochs;

    Mark[] private _all;
    mapping(uint32 subnet => Mark[]) private _of;
    /// @inheritdoc IEmissions
    mapping(uint32 subnet => bool) public isStopped;
    /// @inheritdoc IEmissions
    mapping(uint32 subnet => uint256) public mintedOf;
    /// @inheritdoc IEmissions
    uint256 public minted;

    constructor(Schedule memory schedule, address subnets_, address stakes_, address epochs_) {
        require(schedule.halvingBlocks != 0, HalvingIsZero());
        uint256 most = schedule.genesisAmount + 2 * uint256(schedule.initialPerBlock) * schedule.halvingBlocks;
        require(most <= schedule.cap && schedule.cap <= type(uint112).max, ScheduleAboveCap(most, schedule.cap));
        _firstBlock = block.number;
        _initialPerBlock = schedule.initialPerBlock;
        _halvingBlocks = schedule.halvingBlocks;
        (subnets, stakes, epochs) = (subnets_, stakes_, epochs_);
        _token = new SoukToken(schedule.cap);
        if (schedule.genesisAmount != 0) _token.mint(schedule.genesisTo, schedule.genesisAmount);
    }

    // --- Stakes, Subnets, Epochs ------------------------------------------------------------------------------------

    /// @inheritdoc IEmissions
    function setPoints(uint32 subnet, uint256 points) external {
        require(msg.sender == stakes, NotNamed(msg.sender, stakes));
        if (!isStopped[subnet]) _setPoints(subnet, points);
    }

    /// @inheritdoc IEmissions
    function stop(uint32 subnet) external {
        require(msg.sender == subnets, NotNamed(msg.sender, subnets));
        _setPoints(subnet, 0);
        isStopped[subnet] = true;
        emit SubnetStopped(subnet);
    }

    /// @inheritdoc IEmissions
    function mint(uint32 subnet, address to, uint256 amount) external {
        require(msg.sender == epochs, NotNamed(msg.sender, epochs));
        uint256 mintedNow = mintedOf[subnet] + amount;
        uint256 accrued = accruedAt(subnet, block.number);
        require(mintedNow <= accrued, MintAboveAccrued(subnet, mintedNow, accrued));
        mintedOf[subnet] = mintedNow;
        minted += amount;
        emit Minted(subnet, to, amount);
        _token.mint(to, amount);
    }

    // --- views ------------------------------------------------------------------------------------------------------

    /// @inheritdoc IEmissions
    function accruedAt(uint32 subnet, uint256 block_) public view returns (uint256) {
        require(block_ <= block.number, BlockInFuture(block_, block.number));
        Mark memory mark = _markAt(_of[subnet], block_);
        if (mark.points == 0) return mark.accrued;
        return mark.accrued + ((_perPointAt(block_) - mark.perPoint) * mark.points >> SCALE_BITS);
    }

    /// @inheritdoc IEmissions
    /// @dev All that is ever emitted less what is left, which falls in straight lines from one halving to the next.
    function scheduledAt(uint256 block_) public view returns (uint256) {
        if (block_ <= _firstBlock) return 0;
        uint256 halvings = (block_ - _firstBlock) / _halvingBlocks;
        uint256 within = (block_ - _firstBlock) % _halvingBlocks;
        uint256 left = halvings > 255 ? 0 : _initialPerBlock * (2 * _halvingBlocks - within) >> halvings;
        return 2 * _initialPerBlock * _halvingBlocks - left;
    }

    /// @inheritdoc IEmissions
    function perBlock() external view returns (uint256) {
        return scheduledAt(block.number + 1) - scheduledAt(block.number);
    }

    /// @inheritdoc IEmissions
    function pointsOf(uint32 subnet) public view returns (uint256) {
        return _markAt(_of[subnet], block.number).points;
    }

    /// @inheritdoc IEmissions
    function totalPoints() external view returns (uint256) {
        return _markAt(_all, block.number).points;
    }

    /// @inheritdoc IEmissions
    function token() external view returns (ISoukToken) {
        return _token;
    }

    // --- within -----------------------------------------------------------------------------------------------------

    /// @dev Points count from this block on: both marks say what was emitted before it.
    function _setPoints(uint32 subnet, uint256 points) private {
        uint48 here = block.number.toUint48();
        Mark memory all = _markAt(_all, here);
        Mark memory mark = _markAt(_of[subnet], here);
        uint256 total = all.points - mark.points + points;
        uint208 perPoint = _perPointAt(here).toUint208();
        uint128 accrued = accruedAt(subnet, here).toUint128();
        _write(_of[subnet], Mark(here, perPoint, points.toUint128(), accrued));
        _write(_all, Mark(here, perPoint, total.toUint128(), 0));
        emit PointsSet(subnet, points, total);
    }

    function _perPointAt(uint256 block_) private view returns (uint256) {
        Mark memory mark = _markAt(_all, block_);
        if (mark.points == 0) return mark.perPoint;
        uint256 emitted = scheduledAt(block_) - scheduledAt(mark.since);
        return mark.perPoint + (emitted << SCALE_BITS) / mark.points;
    }

    /// @dev The last mark at or before `block_`; all zero if there is none.
    function _markAt(Mark[] storage marks, uint256 block_) private view returns (Mark memory mark) {
        uint256 high = marks.length;
        if (high == 0) return mark;
        if (marks[high - 1].since <= block_) return marks[high - 1];
        uint256 low = 0;
        while (low < high) {
            uint256 middle = Math.average(low, high);
            if (marks[middle].since > block_) high = middle;
            else low = middle + 1;
        }
        if (high != 0) mark = marks[high - 1];
    }

    function _write(Mark[] storage marks, Mark memory mark) private {
        uint256 length = marks.length;
        if (length != 0 && marks[length - 1].since == mark.since) marks[length - 1] = mark;
        else marks.push(mark);
    }
}
