// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title SubnetParams: what an owner may set, within which bounds
/// @notice Keys, bounds and defaults are those of packages/protocol/src/subnet-params.ts, in the same order; a test of the
/// room chain compares them.
library SubnetParams {
    uint8 internal constant MAX_MINERS = 0;
    uint8 internal constant IMMUNITY_BLOCKS = 1;
    uint8 internal constant COLLATERAL = 2;
    uint8 internal constant MIN_PRICE = 3;
    uint8 internal constant MAX_PRICE = 4;
    uint8 internal constant PRICE_HALF_LIFE_BLOCKS = 5;
    uint8 internal constant PRICE_STEP_BPS = 6;
    uint8 internal constant IS_REGISTRATION_OPEN = 7;
    uint8 internal constant MAX_VALIDATORS = 8;
    uint8 internal constant MIN_STAKE = 9;
    uint8 internal constant ACTIVITY_EPOCHS = 10;
    uint8 internal constant KAPPA = 11;
    uint8 internal constant BONDS_PENALTY = 12;
    uint8 internal constant BONDS_MOVING_AVERAGE = 13;
    uint8 internal constant IS_YUMA3 = 14;
    uint8 internal constant IS_LIQUID_ALPHA = 15;
    uint8 internal constant ALPHA_LOW = 16;
    uint8 internal constant ALPHA_HIGH = 17;
    uint8 internal constant ALPHA_STEEPNESS = 18;
    uint8 internal constant EVIDENCE_DRAWS = 19;
    uint8 internal constant MIN_VERSION = 20;
    uint8 internal constant OWNER_CUT = 21;
    uint8 internal constant MINERS_SHARE = 22;
    uint8 internal constant MECHANISM_COUNT = 23;
    uint8 internal constant MECHANISM_SPLIT_1 = 24;
    uint8 internal constant MECHANISM_SPLIT_2 = 25;
    uint8 internal constant MECHANISM_SPLIT_3 = 26;
    uint8 internal constant SERVE_INTERVAL_BLOCKS = 27;
    uint8 internal constant PRUNE_EPOCHS = 28;
    uint8 internal constant COUNT = 29;

    uint96 internal constant SHARE = 65_535;

    /// @dev For keys below COUNT only.
    function rangeOf(uint8 key) internal pure returns (uint96 minimum, uint96 maximum, uint96 standard) {
        if (key == MAX_MINERS) return (1, 4096, 256);
        if (key == IMMUNITY_BLOCKS) return (0, 10_000_000, 5_000);
        if (key == COLLATERAL) return (0, 1e6 ether, 10 ether);
        if (key == MIN_PRICE) return (0, 1e6 ether, 0.01 ether);
        if (key == MAX_PRICE) return (0.001 ether, 1e9 ether, 1_000 ether);
        if (key == PRICE_HALF_LIFE_BLOCKS) return (1, 10_000_000, 360);
        if (key == PRICE_STEP_BPS) return (10_000, 30_000, 12_600);
        if (key == IS_REGISTRATION_OPEN) return (0, 1, 1);
        if (key == MAX_VALIDATORS) return (1, 64, 64);
        if (key == MIN_STAKE) return (0, 1e9 ether, 1 ether);
        if (key == ACTIVITY_EPOCHS) return (1, 1_000, 3);
        if (key == KAPPA) return (1, SHARE, 32_767);
        if (key == BONDS_PENALTY) return (0, SHARE, 0);
        if (key == BONDS_MOVING_AVERAGE) return (0, 975_000, 900_000);
        if (key == IS_YUMA3 || key == IS_LIQUID_ALPHA) return (0, 1, 1);
        if (key == ALPHA_LOW) return (1_638, SHARE, 45_875);
        if (key == ALPHA_HIGH) return (1_638, SHARE, 58_982);
        if (key == ALPHA_STEEPNESS) return (1, 32_767, 1_000);
        if (key == EVIDENCE_DRAWS) return (1, 16, 4);
        if (key == MIN_VERSION) return (0, type(uint32).max, 0);
        if (key == OWNER_CUT) return (0, 11_796, 11_796);
        if (key == MINERS_SHARE) return (0, SHARE, 32_767);
        if (key == MECHANISM_COUNT) return (1, 4, 1);
        if (key == SERVE_INTERVAL_BLOCKS) return (0, 100_000, 5);
        if (key == PRUNE_EPOCHS) return (1, 64, 4);
        return (0, SHARE, 0);
    }
}
