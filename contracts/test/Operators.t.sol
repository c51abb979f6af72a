// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {FeeSink} from "../src/FeeSink.sol";
import {Operators} from "../src/Operators.sol";
import {TestStablecoin} from "../src/TestStablecoin.sol";
import {IOperators} from "../src/interfaces/IOperators.sol";
import {Signing} from "./support/Signing.sol";
import {CallingToken} from "./support/Tokens.sol";

/*
constructor
├── when token or fee sink are zero .................... ZeroAddress
├── when the delay is above 90 days .................... DelayTooLong (90 days are allowed)
└── otherwise: the views tell what was given
register, registerWithPermit
├── given the caller is registered ..................... AlreadyRegistered
├── when the bond is below the minimum ................. BondTooSmall
├── when the hot key is zero ........................... InvalidHotKey
├── when the hot key serves another .................... HotKeyTaken (unless it is the caller's own address)
├── when the permit was front-run ...................... registered by allowance
└── otherwise: the bond is taken, the operator is active
rotateHotKey
├── given the caller is not registered ................. NotRegistered
├── when the new key is zero or serves another ......... InvalidHotKey, HotKeyTaken
└── otherwise: the old key is free and known as such, the new one serves; a key that its owner took back is left alone
setMetadata, bond
├── given the caller is not registered ................. NotRegistered
├── when the amount is zero (bond) ..................... AmountIsZero
└── otherwise: written
unbond
├── when the amount is zero or above the bond .......... AmountIsZero, UnbondTooLarge
├── given another is under way ......................... added, the delay starts again
└── otherwise: out of the bond at once; below the minimum the operator is not active
finishUnbond
├── given nothing unbonds .............................. NothingToUnbond
├── given the delay is not over ........................ StillLocked (over in its last second)
└── otherwise: paid out, once
slash
├── when the caller is no slasher ...................... NotSlasher
├── given the operator is not registered ............... NotRegistered
└── otherwise: from the bond, then from the unbonding, as far as they go, to the fee sink
*/
contract OperatorsTest is Signing {
    uint96 private constant MINIMUM = 100e6;
    uint40 private constant DELAY = 7 days;
    uint256 private constant COLD_KEY = 0xB1;

    address private cold = vm.addr(COLD_KEY);
    address private hot = vm.addr(0xB2);
    address private other = vm.addr(0xB3);
    address private slasher = vm.addr(0xE1);
    address private sink;
    TestStablecoin private token;
    Operators private operators;

    function setUp() public {
        vm.warp(1_800_000_000);
        token = new TestStablecoin();
        sink = address(new FeeSink());
        operators = new Operators(address(token), sink, MINIMUM, DELAY, _slashers());
        _fund(cold, 1_000e6);
        _fund(other, 1_000e6);
    }

    // --- constructor ------------------------------------------------------------------------------------------------

    function test_ViewsTellWhatWasGiven() public view {
        vm.assertEq(operators.bondToken(), address(token));
        vm.assertEq(operators.feeSink(), sink);
        vm.assertEq(operators.minimumBond(), MINIMUM);
        vm.assertEq(operators.unbondDelay(), DELAY);
        vm.assertTrue(operators.isSlasher(slasher));
        vm.assertTrue(!operators.isSlasher(cold));
    }

    function test_RevertWhen_BuiltWithAZeroAddress() public {
        vm.expectRevert(IOperators.ZeroAddress.selector);
        new Operators(address(0), sink, 0, 0, _slashers());
        vm.expectRevert(IOperators.ZeroAddress.selector);
        new Operators(address(token), address(0), 0, 0, _slashers());
    }

    function test_RevertWhen_TheDelayIsTooLong() public {
        new Operators(address(token), sink, 0, 90 days, _slashers());
        vm.expectRevert(abi.encodeWithSelector(IOperators.DelayTooLong.selector, 90 days + 1, 90 days));
        new Operators(address(token), sink, 0, 90 days + 1, _slashers());
    }

    // --- register ---------------------------------------------------------------------------------------------------

    function testFuzz_Registers(uint96 amount, bytes32 metadata) public {
        amount = uint96(_bound(amount, MINIMUM, 1_000e6));
        vm.expectEmit(address(operators));
        emit IOperators.OperatorRegistered(cold, hot, amount, metadata);
        vm.prank(cold);
        operators.register(hot, amount, metadata);
        IOperators.Operator memory operator = operators.operatorOf(cold);
        vm.assertEq(operator.hotKey, hot);
        vm.assertEq(operator.bond, amount);
        vm.assertEq(operator.metadata, metadata);
        vm.assertEq(operators.operatorByHotKey(hot), cold);
        vm.assertEq(operators.activeHotKey(cold), hot);
        vm.assertEq(token.balanceOf(address(operators)), amount);
    }

    function test_RegistersByPermit() public {
        (uint8 v, bytes32 r, bytes32 s) = _permitBond();
        vm.prank(cold);
        operators.registerWithPermit(hot, MINIMUM, "", _now(), v, r, s);
        vm.assertEq(operators.activeHotKey(cold), hot);
    }

    function test_RegistersThoughThePermitWasFrontRun() public {
        (uint8 v, bytes32 r, bytes32 s) = _permitBond();
        token.permit(cold, address(operators), MINIMUM, _now(), v, r, s);
        vm.prank(cold);
        operators.registerWithPermit(hot, MINIMUM, "", _now(), v, r, s);
        vm.assertEq(operators.activeHotKey(cold), hot);
    }

    function test_RevertWhen_ThePermitFailsAndNothingIsAllowed() public {
        (uint8 v, bytes32 r, bytes32 s) = _permitBond();
        vm.prank(cold);
        token.approve(address(operators), 0);
        vm.expectRevert(
            abi.encodeWithSignature("ERC20InsufficientAllowance(address,uint256,uint256)", operators, 0, MINIMUM)
        );
        vm.prank(cold);
        operators.registerWithPermit(hot, MINIMUM, "", _now() + 1, v, r, s);
    }

    function test_RevertGiven_Registered() public {
        _register(cold, hot);
        vm.expectRevert(abi.encodeWithSelector(IOperators.AlreadyRegistered.selector, cold));
        _register(cold, other);
    }

    function test_RevertWhen_TheBondIsBelowTheMinimum() public {
        vm.expectRevert(abi.encodeWithSelector(IOperators.BondTooSmall.selector, MINIMUM - 1, MINIMUM));
        vm.prank(cold);
        operators.register(hot, MINIMUM - 1, "");
    }

    function test_RevertWhen_TheHotKeyIsZero() public {
        vm.expectRevert(abi.encodeWithSelector(IOperators.InvalidHotKey.selector, address(0)));
        _register(cold, address(0));
    }

    function test_RevertWhen_TheHotKeyServesAnother() public {
        _register(cold, hot);
        vm.expectRevert(abi.encodeWithSelector(IOperators.HotKeyTaken.selector, hot));
        _register(other, hot);
    }

    /// @dev A squatter that names a stranger's address cannot keep the stranger out, and loses nothing but the key.
    function test_AnAddressIsTakenBackByItsOwner() public {
        _register(other, cold);
        _register(cold, cold);
        vm.assertEq(operators.operatorByHotKey(cold), cold);
        vm.prank(other);
        operators.rotateHotKey(hot);
        vm.assertEq(operators.operatorByHotKey(cold), cold);
        vm.assertEq(operators.operatorByHotKey(hot), other);
    }

    // --- rotateHotKey, setMetadata, bond ----------------------------------------------------------------------------

    function test_RotatesTheHotKey() public {
        _register(cold, hot);
        vm.expectEmit(address(operators));
        emit IOperators.HotKeyRotated(cold, hot, cold);
        vm.prank(cold);
        operators.rotateHotKey(cold);
        vm.assertEq(operators.activeHotKey(cold), cold);
        vm.assertEq(operators.operatorByHotKey(hot), address(0));
        vm.assertEq(operators.operatorByHotKey(cold), cold);
        vm.assertEq(operators.retiredAt(cold, hot), _block());
        vm.assertEq(operators.retiredAt(cold, cold), 0);
        _register(other, hot);
        vm.assertEq(operators.operatorByHotKey(hot), other);
    }

    function test_RotatingToTheSameKeyChangesNothing() public {
        _register(cold, hot);
        vm.prank(cold);
        operators.rotateHotKey(hot);
        vm.assertEq(operators.activeHotKey(cold), hot);
        vm.assertEq(operators.operatorByHotKey(hot), cold);
    }

    function test_RevertWhen_RotatingToABadKey() public {
        _register(cold, hot);
        _register(other, other);
        vm.expectRevert(abi.encodeWithSelector(IOperators.InvalidHotKey.selector, address(0)));
        vm.prank(cold);
        operators.rotateHotKey(address(0));
        vm.expectRevert(abi.encodeWithSelector(IOperators.HotKeyTaken.selector, other));
        vm.prank(cold);
        operators.rotateHotKey(other);
    }

    function test_SetsMetadata() public {
        _register(cold, hot);
        vm.expectEmit(address(operators));
        emit IOperators.MetadataChanged(cold, "new");
        vm.prank(cold);
        operators.setMetadata("new");
        vm.assertEq(operators.operatorOf(cold).metadata, "new");
    }

    function testFuzz_AddsToTheBond(uint96 amount) public {
        amount = uint96(_bound(amount, 1, 900e6));
        _register(cold, hot);
        vm.expectEmit(address(operators));
        emit IOperators.Bonded(cold, amount, MINIMUM + amount);
        vm.prank(cold);
        operators.bond(amount);
        vm.assertEq(operators.operatorOf(cold).bond, MINIMUM + amount);
        vm.assertEq(token.balanceOf(address(operators)), MINIMUM + amount);
    }

    function test_RevertGiven_NotRegistered() public {
        bytes memory refusal = abi.encodeWithSelector(IOperators.NotRegistered.selector, cold);
        vm.expectRevert(refusal);
        vm.prank(cold);
        operators.rotateHotKey(hot);
        vm.expectRevert(refusal);
        vm.prank(cold);
        operators.setMetadata("");
        vm.expectRevert(refusal);
        vm.prank(cold);
        operators.bond(1);
        vm.expectRevert(refusal);
        vm.prank(cold);
        operators.unbond(1);
        vm.expectRevert(refusal);
        vm.prank(slasher);
        operators.slash(cold, 1);
        vm.assertEq(operators.activeHotKey(cold), address(0));
    }

    function test_RevertWhen_BondingOrUnbondingNothing() public {
        _register(cold, hot);
        vm.expectRevert(IOperators.AmountIsZero.selector);
        vm.prank(cold);
        operators.bond(0);
        vm.expectRevert(IOperators.AmountIsZero.selector);
        vm.prank(cold);
        operators.unbond(0);
    }

    // --- unbond -----------------------------------------------------------------------------------------------------

    function testFuzz_UnbondsAfterTheDelay(uint96 amount) public {
        _register(cold, hot);
        amount = uint96(_bound(amount, 1, MINIMUM));
        uint256 before = token.balanceOf(cold);
        vm.expectEmit(address(operators));
        emit IOperators.UnbondStarted(cold, amount, _now() + DELAY);
        vm.prank(cold);
        operators.unbond(amount);
        vm.assertEq(operators.operatorOf(cold).bond, MINIMUM - amount);
        vm.assertEq(operators.activeHotKey(cold), address(0));
        vm.assertEq(operators.operatorByHotKey(hot), cold);

        uint40 availableAt = _now() + DELAY;
        _skip(DELAY - 1);
        vm.expectRevert(abi.encodeWithSelector(IOperators.StillLocked.selector, availableAt, _now()));
        vm.prank(cold);
        operators.finishUnbond();
        _skip(1);
        vm.expectEmit(address(operators));
        emit IOperators.UnbondFinished(cold, amount);
        vm.prank(cold);
        operators.finishUnbond();
        vm.assertEq(token.balanceOf(cold), before + amount);
        vm.expectRevert(abi.encodeWithSelector(IOperators.NothingToUnbond.selector, cold));
        vm.prank(cold);
        operators.finishUnbond();
    }

    function test_ASecondUnbondAddsAndStartsTheDelayAgain() public {
        _register(cold, hot);
        vm.prank(cold);
        operators.unbond(10e6);
        _skip(DELAY);
        vm.prank(cold);
        operators.unbond(5e6);
        (uint96 amount, uint40 availableAt) = operators.unbonding(cold);
        vm.assertEq(amount, 15e6);
        vm.assertEq(availableAt, _now() + DELAY);
    }

    function test_StaysActiveAtTheMinimum() public {
        _register(cold, hot);
        vm.prank(cold);
        operators.bond(1);
        vm.prank(cold);
        operators.unbond(1);
        vm.assertEq(operators.activeHotKey(cold), hot);
    }

    function test_RevertWhen_UnbondingMoreThanTheBond() public {
        _register(cold, hot);
        vm.expectRevert(abi.encodeWithSelector(IOperators.UnbondTooLarge.selector, MINIMUM + 1, MINIMUM));
        vm.prank(cold);
        operators.unbond(MINIMUM + 1);
    }

    /// @dev A token that calls back while paying out finds nothing left to unbond.
    function test_FinishingCannotBeReentered() public {
        CallingToken calling = new CallingToken();
        operators = new Operators(address(calling), sink, MINIMUM, DELAY, _slashers());
        calling.mint(address(this), MINIMUM);
        calling.approve(address(operators), MINIMUM);
        operators.register(hot, MINIMUM, "");
        operators.unbond(MINIMUM);
        _skip(DELAY);
        calling.arm(address(this), abi.encodeCall(this.finishAgain, ()));
        operators.finishUnbond();
        vm.assertTrue(calling.wasCalled() && !calling.hasSucceeded(), "called back, and refused");
        vm.assertEq(calling.balanceOf(address(this)), MINIMUM);
    }

    function finishAgain() external {
        operators.finishUnbond();
    }

    // --- slash ------------------------------------------------------------------------------------------------------

    function testFuzz_SlashesBondThenUnbonding(uint96 unbonding, uint96 amount) public {
        _register(cold, hot);
        unbonding = uint96(_bound(unbonding, 1, MINIMUM));
        vm.prank(cold);
        operators.unbond(unbonding);
        uint96 bonded = MINIMUM - unbonding;
        uint96 expected = amount < MINIMUM ? amount : MINIMUM;
        vm.expectEmit(address(operators));
        emit IOperators.Slashed(cold, slasher, expected);
        vm.prank(slasher);
        uint96 taken = operators.slash(cold, amount);

        vm.assertEq(taken, expected);
        vm.assertEq(token.balanceOf(sink), expected);
        uint96 fromBond = expected < bonded ? expected : bonded;
        (uint96 left,) = operators.unbonding(cold);
        vm.assertEq(operators.operatorOf(cold).bond, bonded - fromBond);
        vm.assertEq(left, unbonding - (expected - fromBond));
    }

    function test_RevertWhen_TheCallerIsNoSlasher() public {
        _register(cold, hot);
        vm.expectRevert(abi.encodeWithSelector(IOperators.NotSlasher.selector, cold));
        vm.prank(cold);
        operators.slash(cold, 1);
    }

    // --- within -----------------------------------------------------------------------------------------------------

    function _slashers() private view returns (address[] memory slashers) {
        slashers = new address[](1);
        slashers[0] = slasher;
    }

    function _fund(address account, uint256 amount) private {
        token.mint(account, amount);
        vm.prank(account);
        token.approve(address(operators), amount);
    }

    function _register(address account, address hotKey) private {
        vm.prank(account);
        operators.register(hotKey, MINIMUM, "about");
    }

    /// @dev With nothing else allowed.
    function _permitBond() private returns (uint8 v, bytes32 r, bytes32 s) {
        vm.prank(cold);
        token.approve(address(operators), 0);
        return _permit(token, COLD_KEY, address(operators), MINIMUM, _now());
    }
}
