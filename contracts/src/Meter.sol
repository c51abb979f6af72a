// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Meter: what time costs
/// @notice The same arithmetic as packages/protocol/src/money.ts. Every division rounds down, against the one paid.
/// @dev Rates are per hour and not zero; amounts and rates are below 2^96 and times below 2^40, so that no product
/// here can reach 2^256.
library Meter {
    uint256 private constant HOUR = 3600;

    /// @notice When `funded` runs out for a meter started at `start`; never more than the last second of uint40.
    function end(uint40 start, uint96 funded, uint96 rate) internal pure returns (uint40) {
        uint256 last = start + uint256(funded) * HOUR / rate;
        return last < type(uint40).max ? uint40(last) : type(uint40).max;
    }

    /// @notice Owed up to `time`. At most `funded`: rate × floor(funded × HOUR / rate) ≤ funded × HOUR.
    function owed(uint40 start, uint96 funded, uint96 rate, uint40 time) internal pure returns (uint96) {
        uint40 last = end(start, funded, rate);
        if (time > last) time = last;
        return time <= start ? 0 : uint96(uint256(rate) * (time - start) / HOUR);
    }
}
