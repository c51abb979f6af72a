// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISoukToken} from "./ISoukToken.sol";

/// @title Emissions: how many new tokens there are, and which subnet they are for
/// @notice Every block emits a little, half as much after every `halvingBlocks`. A block's emission is split among the
/// subnets by their points (stake) as they stand after that block; while nobody has points nothing is emitted, and it is
/// never made up for. What a subnet has accrued is known for every past block, and minted only when it is claimed.
/// All divisions round down. There is no owner, no parameter can change.
interface IEmissions {
    /// @param initialPerBlock Emitted by each block of the first period
    /// @param halvingBlocks Blocks of a period; in all, 2 × initialPerBlock × halvingBlocks are emitted
    /// @param genesisTo Gets `genesisAmount` at once; it and all that is ever emitted fit under the cap
    struct Schedule {
        uint256 cap;
        uint96 initialPerBlock;
        uint48 halvingBlocks;
        address genesisTo;
        uint96 genesisAmount;
    }

    /// @param points The subnet's, from this block on; `total` those of all subnets
    event PointsSet(uint32 indexed subnet, uint256 points, uint256 total);
    event SubnetStopped(uint32 indexed subnet);
    event Minted(uint32 indexed subnet, address indexed to, uint256 amount);

    error ScheduleAboveCap(uint256 most, uint256 cap);
    error HalvingIsZero();
    error NotNamed(address caller, address named);
    error BlockInFuture(uint256 asked, uint256 current);
    error MintAboveAccrued(uint32 subnet, uint256 minted, uint256 accrued);

    /// @notice Give `subnet` `points` from this block on. Only Stakes; passed over once the subnet is stopped.
    function setPoints(uint32 subnet, uint256 points) external;

    /// @notice No more points for `subnet`, for good. Only Subnets.
    function stop(uint32 subnet) external;

    /// @notice Mint what `subnet` has accrued. Only Epochs, and never more than was accrued.
    function mint(uint32 subnet, address to, uint256 amount) external;

    /// @notice Everything emitted to `subnet` in blocks before `block_`, exact for every block up to this one. O(log n).
    function accruedAt(uint32 subnet, uint256 block_) external view returns (uint256);

    /// @notice Everything that the schedule allows in blocks before `block_`.
    function scheduledAt(uint256 block_) external view returns (uint256);

    /// @notice What this block emits, over all subnets, if any has points.
    function perBlock() external view returns (uint256);

    function pointsOf(uint32 subnet) external view returns (uint256);

    function totalPoints() external view returns (uint256);

    function isStopped(uint32 subnet) external view returns (bool);

    function mintedOf(uint32 subnet) external view returns (uint256);

    /// @notice Minted for all subnets together; genesis not included.
    function minted() external view returns (uint256);

    /// @notice Who may stop, set points, mint.
    function subnets() external view returns (address);

    function stakes() external view returns (address);

    function epochs() external view returns (address);

    function token() external view returns (ISoukToken);
}
