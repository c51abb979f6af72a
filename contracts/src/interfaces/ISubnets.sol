// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISoukPurse} from "./ISoukPurse.sol";

/// @title Subnets: markets of miners, who owns them, who holds a slot in them
/// @notice A subnet's owner names it, sets its parameters within hard bounds and may dissolve it; the owner never touches
/// stake, collateral or rewards. Times are blocks: a subnet begins at the block that creates it, epoch e covers blocks
/// [start + e × tempo, start + (e + 1) × tempo). Amounts are SOUK's smallest unit. There is no owner of this contract.
interface ISubnets is ISoukPurse {
    /// @param creationFloor Least price of a subnet; the first one costs it
    /// @param creationHalfBlocks Blocks in which the price of a subnet falls by half, in a straight line
    /// @param collateralDelay Seconds from a registration's end until its collateral may be withdrawn
    struct Settings {
        uint96 creationFloor;
        uint48 creationHalfBlocks;
        uint40 collateralDelay;
    }

    /// @param locked What its creation cost; goes back to the owner when it is dissolved
    /// @param dissolvedAt Block; 0 while it lives
    struct Subnet {
        address owner;
        uint48 startBlock;
        uint24 tempo;
        uint16 miners;
        uint96 locked;
        uint48 dissolvedAt;
    }

    /// @param key Place in the list of parameters, packages/protocol/src/subnet-params.ts
    struct Param {
        uint8 key;
        uint96 value;
    }

    /// @param availableAt Unix seconds from which the collateral may be withdrawn; 0 while registered
    struct Registration {
        address operator;
        uint48 registeredAt;
        uint48 servedAt;
        uint96 collateral;
        uint40 availableAt;
    }

    enum Ended {
        Left,
        Pruned
    }

    event SubnetCreated(uint32 indexed subnet, address indexed owner, uint48 startBlock, uint24 tempo, uint96 price);
    event IdentitySet(uint32 indexed subnet, string identity);
    event OwnerChanged(uint32 indexed subnet, address indexed owner);
    event ParamSet(uint32 indexed subnet, uint8 indexed key, uint96 value, uint64 fromEpoch);
    event Dissolved(uint32 indexed subnet, uint96 returned);
    event Registered(
        uint32 indexed subnet, uint32 indexed registration, address indexed operator, uint96 price, uint96 collateral
    );
    event Deregistered(
        uint32 indexed subnet, uint32 indexed registration, address indexed operator, Ended why, uint40 availableAt
    );
    event CollateralWithdrawn(uint32 indexed subnet, uint32 indexed registration, uint96 amount);
    event Served(uint32 indexed subnet, uint32 indexed registration, string endpoints, uint32 units);

    error NoSuchSubnet(uint32 subnet);
    error SubnetIsDissolved(uint32 subnet);
    error NotOwner(address caller, address owner);
    error TempoOutOfRange(uint256 tempo, uint256 minimum, uint256 maximum);
    error TextTooLong(uint256 length, uint256 maximum);
    error NoSuchParam(uint256 key);
    error ParamsOutOfOrder(uint256 key, uint256 before);
    error ParamOutOfRange(uint256 key, uint256 value, uint256 minimum, uint256 maximum);
    error ParamsContradict(uint256 key, uint256 low, uint256 high);
    error ParamChangedLately(uint256 key, uint256 nextBlock);
    error ParamsFrozen(uint256 untilBlock);
    error PriceAboveLimit(uint256 price, uint256 limit);
    error RegistrationIsClosed(uint32 subnet);
    error OperatorNotActive(address operator);
    error OperatorIsRegistered(uint32 subnet, uint32 registration);
    error NoSlotFree(uint32 subnet, uint256 miners, uint256 nextBlock);
    error ZeroAddress();
    error DelayTooLong(uint256 delay, uint256 maximum);
    error NotRegistration(uint32 subnet, uint32 registration);
    error NotHolder(address caller, address operator);
    error StillRegistered(uint32 subnet, uint32 registration);
    error NothingLocked(uint32 subnet, uint32 registration);
    error CollateralLocked(uint256 availableAt, uint256 now_);
    error ServedLately(uint256 nextBlock);

    // --- the owner's, all of it -------------------------------------------------------------------------------------

    /// @notice Found a subnet and own it. Its price is taken from the allowance and locked in it until it is dissolved.
    /// @param tempo Blocks of an epoch, 12 to 50,400, for good
    /// @param identity Whatever the owner says of it, up to 512 bytes
    /// @param params Ascending by key; whatever is left out has its default
    function create(uint24 tempo, uint96 maxPrice, string calldata identity, Param[] calldata params)
        external
        returns (uint32 subnet);

    function createWithPermit(
        uint24 tempo,
        uint96 maxPrice,
        string calldata identity,
        Param[] calldata params,
        Permission calldata permission
    ) external returns (uint32 subnet);

    /// @notice Change a parameter from the next epoch on: each at most once in two epochs, and none in the last tenth of
    /// an epoch, so that everyone can see what the next one will be.
    function setParam(uint32 subnet, uint8 key, uint96 value) external;

    function setIdentity(uint32 subnet, string calldata identity) external;

    function setOwner(uint32 subnet, address owner) external;

    /// @notice End a subnet for good: nothing more is emitted to it, all stake and collateral may be withdrawn at once,
    /// what was posted stays claimable, what it cost goes back to the owner.
    function dissolve(uint32 subnet) external;

    // --- miners -----------------------------------------------------------------------------------------------------

    /// @notice Take a slot for the caller, an active operator: the price is burned, the collateral locked. When all slots
    /// are taken, the first prunable registration of the last posted epoch makes room.
    function register(uint32 subnet, uint96 maxPrice) external returns (uint32 registration);

    function registerWithPermit(uint32 subnet, uint96 maxPrice, Permission calldata permission)
        external
        returns (uint32 registration);

    /// @notice Give the slot back. By the operator's cold key.
    function deregister(uint32 subnet, uint32 registration) external;

    /// @notice Pay out the collateral of a registration that has ended, to its operator. Anyone may call.
    function withdrawCollateral(uint32 subnet, uint32 registration) external;

    /// @notice Say where the miner is reached and how much it can do. By the operator's hot key.
    /// @param endpoints Multiaddrs, blank-separated, up to 512 bytes
    /// @param units Capacity, in the mechanism's own unit
    function serve(uint32 subnet, uint32 registration, string calldata endpoints, uint32 units) external;

    // --- views ------------------------------------------------------------------------------------------------------

    function subnetCount() external view returns (uint32);

    /// @notice All zero for a subnet that never was.
    function subnetOf(uint32 subnet) external view returns (Subnet memory);

    /// @notice The epoch that this block is in, and its first block.
    function epochNow(uint32 subnet) external view returns (uint64 epoch, uint256 startsAt);

    /// @notice A parameter as it counts in `epoch`, which is the present one, the next or the one before.
    function paramAt(uint32 subnet, uint8 key, uint64 epoch) external view returns (uint96);

    /// @notice All parameters as they count now, in the order of their keys.
    function paramsOf(uint32 subnet) external view returns (uint96[] memory values);

    /// @notice Bounds and defaults, in the order of keys.
    function paramTable()
        external
        pure
        returns (uint96[] memory minimum, uint96[] memory maximum, uint96[] memory standard);

    /// @notice What a subnet costs now.
    function creationPrice() external view returns (uint96);

    /// @notice What a registration costs now, without collateral.
    function registrationPrice(uint32 subnet) external view returns (uint96);

    /// @notice All zero for one that never was.
    function registrationOf(uint32 subnet, uint32 registration) external view returns (Registration memory);

    /// @notice The operator's present registration; 0 for none.
    function registrationOfOperator(uint32 subnet, address operator) external view returns (uint32);

    /// @notice What the next registration would replace; 0 where a slot is free, or none can be replaced.
    function nextPruned(uint32 subnet) external view returns (uint32 registration);

    function collateralDelay() external view returns (uint40);

    /// @notice Where prunable lists are posted.
    function epochs() external view returns (address);
}
