// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Stakes} from "../src/Stakes.sol";
import {IStakes} from "../src/interfaces/IStakes.sol";
import {ISubnets} from "../src/interfaces/ISubnets.sol";
import {SubnetFixture} from "./support/SubnetFixture.sol";

/*
constructor
└── when the delay is above 90 days ........................ DelayTooLong
stake, stakeWithPermit
├── given no such subnet, a dissolved one, no operator ..... NoSuchSubnet, SubnetIsDissolved, NotAnOperator
├── when the amount is zero ................................ AmountIsZero
├── given the pool was slashed ............................. shares by what the pool is worth, rounded down
└── otherwise: the pool and the subnet's points grow
unstake, finishUnstake
├── when it is zero or more than there is .................. AmountIsZero, StakeTooSmall
├── given eight parts are unbonding ........................ TooManyUnbonding
├── given the delay is not over ............................ NothingUnbonded, with when it is
├── given it is slashed meanwhile .......................... what is left of it
├── given the subnet is dissolved .......................... at once, what was unbonding too
└── otherwise: paid, in parts as they come due
moveStake, transferStake
├── when it is the operator's own .......................... OwnStakeStays
├── when both sides are the same ........................... SameAccount
├── when the way leads to a dissolved subnet ............... SubnetIsDissolved (out of one is allowed)
└── otherwise: moved, nothing lost but a rounding
setTake
├── when it is above 18 %, or rises again within 30 days ... TakeTooHigh, TakeRaisedLately
└── otherwise: told; it falls at any time
setChildren
├── when they are too many, out of order, strangers, itself, more than all .. TooManyChildren, ChildrenOutOfOrder, …
└── otherwise: told, for the epoch after the next
slash
├── when the caller is not Epochs .......................... NotEpochs
└── otherwise: burned, of stake and of what unbonds, points fall
*/
contract StakesTest is SubnetFixture {
    address private validator;
    address private other;
    address private delegator = address(0xDE);
    uint32 private subnet;

    function setUp() public {
        _deploy();
        validator = _operator(1);
        other = _operator(2);
        _give(delegator, 1_000 ether);
        subnet = _create();
    }

    // --- stake ------------------------------------------------------------------------------------------------------

    function test_Stakes() public {
        vm.expectEmit(address(stakes));
        emit IStakes.StakeChanged(subnet, validator, delegator, 5 ether, 5 ether, 5 ether);
        _stake(subnet, validator, delegator, 5 ether);
        _stake(subnet, validator, validator, 7 ether);
        vm.assertEq(stakes.stakeOf(subnet, validator, delegator), 5 ether);
        vm.assertEq(stakes.poolStake(subnet, validator), 12 ether);
        vm.assertEq(stakes.totalStake(subnet), 12 ether);
        vm.assertEq(emissions.pointsOf(subnet), 12 ether);
        vm.assertEq(souk.balanceOf(address(stakes)), 12 ether);
    }

    function test_StakesByPermit() public {
        vm.prank(validator);
        souk.approve(address(stakes), 0);
        ISubnets.Permission memory permission = _permission(0xC001, address(stakes), 3 ether);
        vm.prank(validator);
        stakes.stakeWithPermit(subnet, validator, 3 ether, permission);
        vm.assertEq(stakes.stakeOf(subnet, validator, validator), 3 ether);
    }

    function test_RevertWhen_NothingCanBeStaked() public {
        vm.expectRevert(abi.encodeWithSelector(ISubnets.NoSuchSubnet.selector, 9));
        _stake(9, validator, delegator, 1);
        vm.expectRevert(abi.encodeWithSelector(IStakes.NotAnOperator.selector, stranger));
        _stake(subnet, stranger, delegator, 1);
        vm.expectRevert(IStakes.AmountIsZero.selector);
        _stake(subnet, validator, delegator, 0);
        vm.prank(founder);
        subnets.dissolve(subnet);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.SubnetIsDissolved.selector, subnet));
        _stake(subnet, validator, delegator, 1);
        vm.expectRevert(abi.encodeWithSelector(IStakes.DelayTooLong.selector, 90 days + 1, 90 days));
        new Stakes(90 days + 1, souk, emissions, operators, subnets, address(epochs));
    }

    /// @dev Whoever comes first, with however little, and whatever is slashed: nobody loses more than a rounding.
    function testFuzz_NobodyRoundsAnotherAway(uint64 first, uint64 second, uint8 slashes) public {
        first = uint64(_bound(first, 1, type(uint64).max));
        second = uint64(_bound(second, 1, type(uint64).max));
        _stake(subnet, validator, validator, first);
        for (uint256 i = 0; i < slashes % 16; ++i) {
            _slash(1_000);
        }
        _stake(subnet, validator, delegator, second);
        vm.assertLe(stakes.stakeOf(subnet, validator, delegator), second, "more than was paid");
        vm.assertLe(second, stakes.stakeOf(subnet, validator, delegator) + 1, "less than was paid");
        uint256 sum = stakes.stakeOf(subnet, validator, delegator) + stakes.stakeOf(subnet, validator, validator);
        vm.assertLe(sum, stakes.poolStake(subnet, validator), "more than there is");
    }

    // --- the way out ------------------------------------------------------------------------------------------------

    function testFuzz_UnbondsAndPays(uint128 amount) public {
        amount = uint128(_bound(amount, 1, 10 ether));
        _stake(subnet, validator, delegator, 10 ether);
        uint256 held = souk.balanceOf(delegator);
        vm.expectEmit(address(stakes));
        emit IStakes.UnstakeStarted(subnet, validator, delegator, amount, _now() + DELAY);
        _unstake(delegator, amount);
        vm.assertEq(emissions.pointsOf(subnet), 10 ether - amount);
        vm.prank(delegator);
        vm.expectRevert(abi.encodeWithSelector(IStakes.NothingUnbonded.selector, _now() + DELAY, _now()));
        stakes.finishUnstake(subnet, validator);
        _skip(DELAY);
        _finish(delegator);
        vm.assertEq(souk.balanceOf(delegator), held + amount);
        vm.assertEq(stakes.stakeOf(subnet, validator, delegator), 10 ether - amount);
    }

    function test_PaysWhatIsDueAndKeepsTheRest() public {
        _stake(subnet, validator, delegator, 10 ether);
        uint256 held = souk.balanceOf(delegator);
        _unstake(delegator, 1 ether);
        _skip(1 days);
        _unstake(delegator, 2 ether);
        _skip(DELAY - 1 days);
        _finish(delegator);
        vm.assertEq(souk.balanceOf(delegator), held + 1 ether);
        IStakes.Pending[] memory pending = stakes.unbondingOf(subnet, validator, delegator);
        vm.assertEq(pending.length, 1);
        vm.assertEq(pending[0].amount, 2 ether);
        vm.assertEq(pending[0].availableAt, _now() + 1 days);
    }

    function test_RevertWhen_ThereIsNotSoMuch() public {
        _stake(subnet, validator, delegator, 10 ether);
        vm.expectRevert(IStakes.AmountIsZero.selector);
        _unstake(delegator, 0);
        vm.expectRevert(abi.encodeWithSelector(IStakes.StakeTooSmall.selector, 11 ether, 10 ether));
        _unstake(delegator, 11 ether);
        vm.prank(delegator);
        vm.expectRevert(abi.encodeWithSelector(IStakes.NothingUnbonded.selector, 0, _now()));
        stakes.finishUnstake(subnet, validator);
        for (uint256 i = 0; i < 8; ++i) {
            _unstake(delegator, 1 ether);
        }
        vm.expectRevert(abi.encodeWithSelector(IStakes.TooManyUnbonding.selector, 8));
        _unstake(delegator, 1 ether);
    }

    function test_ASlashTakesFromAllAlikeAndFromWhatUnbonds() public {
        _stake(subnet, validator, validator, 100 ether);
        _stake(subnet, validator, delegator, 100 ether);
        _unstake(delegator, 50 ether);
        uint256 supply = souk.totalSupply();
        vm.expectEmit(address(stakes));
        emit IStakes.PoolSlashed(subnet, validator, 20 ether, 135 ether);
        vm.assertEq(_slash(1_000), 20 ether);
        vm.assertEq(souk.totalSupply(), supply - 20 ether);
        vm.assertEq(emissions.pointsOf(subnet), 135 ether);
        vm.assertEq(stakes.stakeOf(subnet, validator, validator), 90 ether);
        vm.assertEq(stakes.stakeOf(subnet, validator, delegator), 45 ether);
        vm.assertEq(stakes.unbondingOf(subnet, validator, delegator)[0].amount, 45 ether);
        uint256 held = souk.balanceOf(delegator);
        _skip(DELAY);
        _finish(delegator);
        vm.assertEq(souk.balanceOf(delegator), held + 45 ether);
    }

    function testFuzz_TheLastOneOutLeavesNothing(uint64 a, uint64 b, uint64 part, uint8 slashes) public {
        a = uint64(_bound(a, 1, type(uint64).max));
        b = uint64(_bound(b, 2, type(uint64).max));
        _stake(subnet, validator, validator, a);
        _stake(subnet, validator, delegator, b);
        for (uint256 i = 0; i < slashes % 8; ++i) {
            _slash(1_000);
        }
        _leave(delegator, uint128(_bound(part, 1, b)));
        _leave(validator, type(uint128).max);
        _leave(delegator, type(uint128).max);
        vm.assertEq(stakes.poolOf(subnet, validator).shares == 0 ? stakes.poolStake(subnet, validator) : 0, 0, "dust");
        vm.assertLe(souk.balanceOf(address(stakes)), 2, "held");
    }

    /// @dev As much as `most` of what `by` has, out at once.
    function _leave(address by, uint128 most) private {
        uint256 has = stakes.stakeOf(subnet, validator, by);
        if (has == 0) return;
        _unstake(by, uint128(has < most ? has : most));
        _skip(DELAY);
        _finish(by);
    }

    function test_ADissolvedSubnetHoldsNobody() public {
        _stake(subnet, validator, validator, 10 ether);
        _stake(subnet, validator, delegator, 10 ether);
        _unstake(delegator, 4 ether);
        uint256 held = souk.balanceOf(delegator);
        vm.prank(founder);
        subnets.dissolve(subnet);
        _finish(delegator);
        _unstake(delegator, 6 ether);
        vm.assertEq(souk.balanceOf(delegator), held + 10 ether);
        _unstake(validator, 10 ether);
        vm.assertEq(souk.balanceOf(address(stakes)), 0);
    }

    // --- move, transfer ---------------------------------------------------------------------------------------------

    function test_MovesBetweenPoolsAndSubnets() public {
        uint32 second = _create();
        _stake(subnet, validator, delegator, 10 ether);
        _move(validator, second, other, 4 ether);
        vm.assertEq(stakes.stakeOf(subnet, validator, delegator), 6 ether);
        vm.assertEq(stakes.stakeOf(second, other, delegator), 4 ether);
        vm.assertEq(emissions.pointsOf(subnet), 6 ether);
        vm.assertEq(emissions.pointsOf(second), 4 ether);
        vm.prank(founder);
        subnets.dissolve(subnet);
        _move(validator, second, other, 6 ether);
        vm.assertEq(stakes.stakeOf(second, other, delegator), 10 ether);
    }

    function test_TransfersWithinAPool() public {
        _stake(subnet, validator, delegator, 10 ether);
        _slash(1_000);
        vm.prank(delegator);
        stakes.transferStake(subnet, validator, stranger, 3 ether);
        vm.assertEq(stakes.stakeOf(subnet, validator, delegator), 6 ether - 1);
        vm.assertEq(stakes.stakeOf(subnet, validator, stranger), 3 ether);
        vm.assertEq(stakes.poolStake(subnet, validator), 9 ether);
    }

    function test_RevertWhen_StakeCannotGoThere() public {
        _stake(subnet, validator, validator, 10 ether);
        _stake(subnet, validator, delegator, 10 ether);
        bytes memory own = abi.encodeWithSelector(IStakes.OwnStakeStays.selector, validator);
        vm.prank(validator);
        vm.expectRevert(own);
        stakes.moveStake(subnet, validator, subnet, other, 1 ether);
        vm.prank(validator);
        vm.expectRevert(own);
        stakes.transferStake(subnet, validator, stranger, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IStakes.SameAccount.selector, validator));
        _move(validator, subnet, validator, 1 ether);
        vm.prank(delegator);
        vm.expectRevert(abi.encodeWithSelector(IStakes.SameAccount.selector, delegator));
        stakes.transferStake(subnet, validator, delegator, 1 ether);
        uint32 ended = _create();
        vm.prank(founder);
        subnets.dissolve(ended);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.SubnetIsDissolved.selector, ended));
        _move(validator, ended, other, 1 ether);
    }

    // --- take, children ---------------------------------------------------------------------------------------------

    function test_TheTakeFallsFreelyAndRisesSlowly() public {
        _setTake(6_000);
        _setTake(100);
        vm.expectRevert(abi.encodeWithSelector(IStakes.TakeRaisedLately.selector, _now() + 30 days, _now()));
        _setTake(101);
        _skip(30 days);
        vm.expectEmit(address(stakes));
        emit IStakes.TakeSet(subnet, validator, 11_796);
        _setTake(11_796);
        vm.expectRevert(abi.encodeWithSelector(IStakes.TakeTooHigh.selector, 11_797, 11_796));
        _setTake(11_797);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IStakes.NotAnOperator.selector, stranger));
        stakes.setTake(subnet, 1);
    }

    function test_ChildrenCountFromTheEpochAfterTheNext() public {
        _mine(TEMPO);
        IStakes.Child[] memory children = new IStakes.Child[](1);
        children[0] = IStakes.Child(other, 1 << 32);
        vm.expectEmit(address(stakes));
        emit IStakes.ChildrenSet(subnet, validator, children, 3);
        _setChildren(children);
    }

    function test_RevertWhen_ChildrenAreWrong() public {
        IStakes.Child[] memory children = new IStakes.Child[](6);
        vm.expectRevert(abi.encodeWithSelector(IStakes.TooManyChildren.selector, 6, 5));
        _setChildren(children);
        children = new IStakes.Child[](1);
        children[0] = IStakes.Child(validator, 1);
        vm.expectRevert(abi.encodeWithSelector(IStakes.SameAccount.selector, validator));
        _setChildren(children);
        children[0] = IStakes.Child(stranger, 1);
        vm.expectRevert(abi.encodeWithSelector(IStakes.NotAnOperator.selector, stranger));
        _setChildren(children);
        children[0] = IStakes.Child(other, (1 << 32) + 1);
        vm.expectRevert(abi.encodeWithSelector(IStakes.ProportionsTooLarge.selector, (1 << 32) + 1, uint256(1) << 32));
        _setChildren(children);
        children = new IStakes.Child[](2);
        (children[0], children[1]) = (IStakes.Child(other, 1), IStakes.Child(other, 1));
        vm.expectRevert(abi.encodeWithSelector(IStakes.ChildrenOutOfOrder.selector, other));
        _setChildren(children);
    }

    // --- slash ------------------------------------------------------------------------------------------------------

    function test_RevertWhen_AStrangerSlashes() public {
        vm.expectRevert(abi.encodeWithSelector(IStakes.NotEpochs.selector, address(this)));
        stakes.slash(subnet, validator, 1);
    }

    function _slash(uint256 bps) private returns (uint256) {
        vm.prank(address(epochs));
        return stakes.slash(subnet, validator, bps);
    }

    function _unstake(address by, uint128 amount) private {
        vm.prank(by);
        stakes.unstake(subnet, validator, amount);
    }

    function _finish(address by) private {
        vm.prank(by);
        stakes.finishUnstake(subnet, validator);
    }

    function _move(address from, uint32 toSubnet, address to, uint128 amount) private {
        vm.prank(delegator);
        stakes.moveStake(subnet, from, toSubnet, to, amount);
    }

    function _setTake(uint16 take) private {
        vm.prank(validator);
        stakes.setTake(subnet, take);
    }

    function _setChildren(IStakes.Child[] memory children) private {
        vm.prank(validator);
        stakes.setChildren(subnet, children);
    }
}
