// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IMarket} from "./interfaces/IMarket.sol";

/// @title Balances: accounts in the allowed tokens, and the only way tokens come in and go out
/// @dev What this contract takes from outsiders, and what breaks without it:
/// - An allowed token moves exactly the amount it is told to, or reverts. With a fee on transfer or a rebase the books
///   exceed the tokens held, and the last to withdraw gets nothing. Tokens sent here directly belong to nobody.
/// - An allowed token may call back: the books are written before every transfer, so a call back finds them balanced.
/// - An allowed token that blocks an account blocks that account's `withdraw` only: closing and collecting move no
///   tokens. One that is paused blocks every deposit and withdrawal until it is not.
abstract contract Balances is IMarket {
    using SafeERC20 for IERC20;

    /// @inheritdoc IMarket
    address public immutable feeSink;

    /// @inheritdoc IMarket
    mapping(address token => bool) public isTokenAllowed;
    /// @inheritdoc IMarket
    mapping(address token => mapping(address account => uint256)) public balanceOf;

    constructor(address feeSink_, address[] memory tokens) {
        require(feeSink_ != address(0), ZeroAddress());
        feeSink = feeSink_;
        for (uint256 i = 0; i < tokens.length; ++i) {
            require(tokens[i].code.length != 0, TokenNotAllowed(tokens[i]));
            isTokenAllowed[tokens[i]] = true;
        }
    }

    /// @inheritdoc IMarket
    function deposit(address token, uint256 amount) external {
        _deposit(token, amount);
    }

    /// @inheritdoc IMarket
    function depositWithPermit(address token, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
    {
        require(isTokenAllowed[token], TokenNotAllowed(token));
        try IERC20Permit(token).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
        _deposit(token, amount);
    }

    /// @inheritdoc IMarket
    function withdraw(address token, uint256 amount) external {
        _withdraw(token, msg.sender, amount);
    }

    /// @inheritdoc IMarket
    function flushFees(address token) external returns (uint256 amount) {
        amount = balanceOf[token][feeSink];
        _withdraw(token, feeSink, amount);
    }

    function _deposit(address token, uint256 amount) private {
        require(isTokenAllowed[token], TokenNotAllowed(token));
        require(amount != 0, AmountIsZero());
        balanceOf[token][msg.sender] += amount;
        emit Deposited(token, msg.sender, msg.sender, amount);
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
    }

    function _withdraw(address token, address account, uint256 amount) private {
        _debit(token, account, amount);
        emit Withdrawn(token, account, amount);
        IERC20(token).safeTransfer(account, amount);
    }

    function _debit(address token, address account, uint256 amount) internal {
        require(amount != 0, AmountIsZero());
        uint256 balance = balanceOf[token][account];
        require(balance >= amount, BalanceTooSmall(balance, amount));
        unchecked {
            balanceOf[token][account] = balance - amount;
        }
    }

    function _credit(address token, address account, uint256 amount) internal {
        if (amount != 0) balanceOf[token][account] += amount;
    }
}
