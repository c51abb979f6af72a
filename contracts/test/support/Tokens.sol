// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that calls its sender or receiver back before it moves anything, as ERC-777 does.
contract CallingToken is ERC20 {
    address private _target;
    bytes private _data;
    bool public wasCalled;
    bool public hasSucceeded;

    constructor() ERC20("Calling", "CALL") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @notice At the next transfer `from` makes or gets, make the account in the middle call `target`.
    function arm(address target, bytes calldata data) external {
        _target = target;
        _data = data;
    }

    function _update(address from, address to, uint256 amount) internal override {
        address target = _target;
        if (target != address(0)) {
            _target = address(0);
            wasCalled = true;
            (hasSucceeded,) = target.call(_data);
        }
        super._update(from, to, amount);
    }
}

/// @notice A token whose transfers answer false instead of reverting, and that has no permit.
contract RefusingToken {
    function transfer(address, uint256) external pure returns (bool) {
        return false;
    }

    function transferFrom(address, address, uint256) external pure returns (bool) {
        return false;
    }
}
