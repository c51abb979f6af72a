// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Capped} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Capped.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ISoukToken} from "./interfaces/ISoukToken.sol";

/// @title SoukToken: made and minted by Emissions alone
/// @dev It calls nobody back, takes no fee and never rebases: the contracts that hold it rely on that.
contract SoukToken is ISoukToken, ERC20Capped, ERC20Permit, ERC20Votes {
    /// @inheritdoc ISoukToken
    address public immutable minter;

    constructor(uint256 cap_) ERC20("Souk", "SOUK") ERC20Permit("Souk") ERC20Capped(cap_) {
        minter = msg.sender;
    }

    /// @inheritdoc ISoukToken
    function mint(address to, uint256 amount) external {
        require(msg.sender == minter, NotMinter(msg.sender));
        _mint(to, amount);
    }

    /// @inheritdoc ISoukToken
    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }

    function nonces(address owner) public view override(IERC20Permit, ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Capped, ERC20Votes) {
        super._update(from, to, value);
    }
}
