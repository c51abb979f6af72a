// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @title SoukToken: what subnets are staked with and pay in
/// @notice ERC-20 with permit and votes, 18 decimals, capped. Only `Emissions` mints: once at genesis, then what its
/// schedule allows. There is no owner.
interface ISoukToken is IERC20, IERC20Permit {
    error NotMinter(address caller);

    /// @notice New tokens to `to`. Only the minter.
    function mint(address to, uint256 amount) external;

    /// @notice Destroy `amount` of the caller's.
    function burn(uint256 amount) external;

    /// @notice The one account that may mint: Emissions.
    function minter() external view returns (address);
}
