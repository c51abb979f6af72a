// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISoukToken} from "./ISoukToken.sol";

/// @title SoukPurse: a contract that holds SOUK for others
interface ISoukPurse {
    /// @notice An ERC-2612 signature of the caller's. One that fails is passed over: the allowance decides.
    struct Permission {
        uint256 value;
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @notice The token that this contract holds.
    function token() external view returns (ISoukToken);
}
