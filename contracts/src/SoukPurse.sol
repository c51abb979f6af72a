// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ISoukPurse} from "./interfaces/ISoukPurse.sol";
import {ISoukToken} from "./interfaces/ISoukToken.sol";

/// @title SoukPurse: how SOUK comes into a contract that holds it, and out
/// @dev SoukToken reverts where it does not move what it is told to, and calls nobody back.
abstract contract SoukPurse is ISoukPurse {
    /// @inheritdoc ISoukPurse
    ISoukToken public immutable token;

    /// @dev A permit that fails, as one that was front-run, is passed over: the allowance decides.
    modifier withPermit(Permission calldata p) {
        try token.permit(msg.sender, address(this), p.value, p.deadline, p.v, p.r, p.s) {} catch {}
        _;
    }

    constructor(ISoukToken token_) {
        token = token_;
    }

    function _take(uint256 amount) internal {
        if (amount != 0) SafeERC20.safeTransferFrom(token, msg.sender, address(this), amount);
    }

    function _pay(address to, uint256 amount) internal {
        SafeERC20.safeTransfer(token, to, amount);
    }
}
