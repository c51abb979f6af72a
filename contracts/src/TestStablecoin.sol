// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title TestStablecoin: play money for local networks and tests
/// @notice Anyone may mint any amount: worth nothing, by design.
contract TestStablecoin is ERC20, ERC20Permit {
    constructor() ERC20("Souk Test Dollar", "tUSD") ERC20Permit("Souk Test Dollar") {}

    /// @notice Create `amount` for `to`. Anyone may.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @notice As the stablecoins that it stands for.
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
