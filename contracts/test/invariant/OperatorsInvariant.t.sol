// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Operators} from "../../src/Operators.sol";
import {TestStablecoin} from "../../src/TestStablecoin.sol";
import {IOperators} from "../../src/interfaces/IOperators.sol";
import {Test} from "../support/Test.sol";

/// @notice Four accounts that register, bond, rotate keys among eight addresses (their own too) and unbond at random, and a slasher.
contract OperatorsHandler is Test {
    Operators public immutable operators;
    TestStablecoin public immutable token;
    address public immutable sink = address(0x51);
    uint40 public time = 1_800_000_000;
    uint256 public bonded;
    uint256 public paidOut;
    uint256 public slashed;

    constructor() {
        address[] memory slashers = new address[](1);
        slashers[0] = address(this);
        token = new TestStablecoin();
        operators = new Operators(address(token), sink, 100, 7 days, slashers);
        for (uint8 i = 0; i < 4; ++i) {
            token.mint(accountOf(i), type(uint80).max);
            vm.prank(accountOf(i));
            token.approve(address(operators), type(uint256).max);
        }
    }

    function register(uint8 who, uint8 hotKey, uint64 amount) external {
        address account = accountOf(who % 4);
        if (_isRegistered(account) || !_isFree(accountOf(hotKey % 8), account)) return;
        amount = uint64(_bound(amount, 100, type(uint64).max));
        bonded += amount;
        vm.prank(account);
        operators.register(accountOf(hotKey % 8), amount, "");
    }

    function rotate(uint8 who, uint8 hotKey) external {
        address account = accountOf(who % 4);
        address newKey = accountOf(hotKey % 8);
        if (!_isRegistered(account) || !_isFree(newKey, account)) return;
        vm.prank(account);
        operators.rotateHotKey(newKey);
    }

    function bond(uint8 who, uint64 amount) external {
        address account = accountOf(who % 4);
        if (!_isRegistered(account) || amount == 0) return;
        bonded += amount;
        vm.prank(account);
        operators.bond(amount);
    }

    function unbond(uint8 who, uint96 amount) external {
        address account = accountOf(who % 4);
        uint96 most = operators.operatorOf(account).bond;
        if (most == 0) return;
        amount = uint96(_bound(amount, 1, most));
        vm.prank(account);
        operators.unbond(amount);
    }

    function finishUnbond(uint8 who, uint24 wait) external {
        address account = accountOf(who % 4);
        time += wait;
        vm.warp(time);
        (uint96 amount, uint40 availableAt) = operators.unbonding(account);
        if (amount == 0 || time < availableAt) return;
        paidOut += amount;
        vm.prank(account);
        operators.finishUnbond();
    }

    function slash(uint8 who, uint96 amount) external {
        if (_isRegistered(accountOf(who % 4))) slashed += operators.slash(accountOf(who % 4), amount);
    }

    function accountOf(uint8 i) public pure returns (address) {
        return address(uint160(0x1000) + i);
    }

    function _isRegistered(address account) private view returns (bool) {
        return operators.operatorOf(account).hotKey != address(0);
    }

    function _isFree(address hotKey, address account) private view returns (bool) {
        address holder = operators.operatorByHotKey(hotKey);
        return holder == address(0) || holder == account || hotKey == account;
    }
}

/*
Whatever operators and slashers do, in any order:
├── bonds + unbonding = tokens held = bonded − paid out − slashed
├── what was slashed is in the fee sink
├── a hot key leads to an operator that has it as its hot key
└── every operator gets out what it has, after the delay
*/
contract OperatorsInvariantTest is Test {
    OperatorsHandler private handler;
    Operators private operators;
    TestStablecoin private token;

    function setUp() public {
        vm.warp(1_800_000_000);
        handler = new OperatorsHandler();
        operators = handler.operators();
        token = handler.token();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_BondsAreConserved() public view {
        uint256 sum;
        for (uint8 i = 0; i < 4; ++i) {
            (uint96 unbonding,) = operators.unbonding(handler.accountOf(i));
            sum += operators.operatorOf(handler.accountOf(i)).bond + unbonding;
        }
        vm.assertEq(sum, token.balanceOf(address(operators)), "bonds + unbonding = held");
        vm.assertEq(sum, handler.bonded() - handler.paidOut() - handler.slashed(), "held = in - out");
        vm.assertEq(token.balanceOf(handler.sink()), handler.slashed(), "slashed");
    }

    function invariant_AHotKeyLeadsToItsOperator() public view {
        for (uint8 i = 0; i < 8; ++i) {
            address hotKey = handler.accountOf(i);
            address operator = operators.operatorByHotKey(hotKey);
            if (operator != address(0)) vm.assertEq(operators.operatorOf(operator).hotKey, hotKey);
        }
    }

    /// @dev Runs on a copy of the state.
    function invariant_EveryoneGetsOut() public {
        for (uint8 i = 0; i < 4; ++i) {
            address account = handler.accountOf(i);
            uint96 bonded = operators.operatorOf(account).bond;
            if (bonded == 0) continue;
            vm.prank(account);
            operators.unbond(bonded);
        }
        vm.warp(uint256(handler.time()) + 7 days);
        for (uint8 i = 0; i < 4; ++i) {
            (uint96 unbonding,) = operators.unbonding(handler.accountOf(i));
            if (unbonding == 0) continue;
            vm.prank(handler.accountOf(i));
            operators.finishUnbond();
        }
        vm.assertEq(token.balanceOf(address(operators)), 0, "nothing is left");
    }
}
