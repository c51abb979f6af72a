// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SubnetParams} from "../src/SubnetParams.sol";
import {IEpochs} from "../src/interfaces/IEpochs.sol";
import {ISubnets} from "../src/interfaces/ISubnets.sol";
import {SubnetFixture} from "./support/SubnetFixture.sol";

/*
register, registerWithPermit
├── given the subnet never was, is dissolved, or is closed . NoSuchSubnet, SubnetIsDissolved, RegistrationIsClosed
├── when the caller is no active operator .................. OperatorNotActive
├── given the operator is registered ....................... OperatorIsRegistered
├── when the price is above the limit ...................... PriceAboveLimit, with both
├── given all slots are taken
│   ├── nothing was posted, or all named are gone or immune  NoSlotFree, with the block to wait for
│   └── otherwise .......................................... the first usable one makes room
└── otherwise: the price is burned, the collateral locked, numbers are never used twice
registrationPrice
├── halves every half-life, falls between, and rises by a step with each registration
└── stays within its bounds
serve
├── when the caller is not the hot key ..................... NotHolder
├── when the text is too long, or it was changed lately .... TextTooLong, ServedLately
└── otherwise: told
deregister
├── when the caller is not the cold key .................... NotHolder
├── given it has ended ..................................... NotRegistration
└── otherwise: the slot is free
withdrawCollateral
├── given it never was, holds its slot, has nothing locked . NotRegistration, StillRegistered, NothingLocked
├── given the delay is not over ............................ CollateralLocked
├── given the subnet is dissolved .......................... paid at once, registered or not
└── otherwise: paid to the operator, whoever calls
*/
contract SubnetsRegisterTest is SubnetFixture {
    uint96 private constant FIRST_PRICE = 1 ether;
    uint96 private constant COLLATERAL = 10 ether;
    address private miner;
    uint32 private subnet;

    function setUp() public {
        _deploy();
        miner = _operator(1);
        subnet = _create();
    }

    function test_Registers() public {
        uint256 supply = souk.totalSupply();
        vm.expectEmit(address(subnets));
        emit ISubnets.Registered(subnet, 1, miner, FIRST_PRICE, COLLATERAL);
        vm.assertEq(_register(subnet, miner), 1);
        vm.assertEq(souk.totalSupply(), supply - FIRST_PRICE);
        vm.assertEq(souk.balanceOf(address(subnets)), FLOOR + COLLATERAL);
        ISubnets.Registration memory it = subnets.registrationOf(subnet, 1);
        vm.assertEq(it.operator, miner);
        vm.assertEq(it.registeredAt, _block());
        vm.assertEq(it.collateral, COLLATERAL);
        vm.assertEq(subnets.registrationOfOperator(subnet, miner), 1);
        vm.assertEq(subnets.subnetOf(subnet).miners, 1);
    }

    function test_RegistersByPermit() public {
        vm.prank(miner);
        souk.approve(address(subnets), 0);
        ISubnets.Permission memory permission = _permission(0xC001, address(subnets), uint256(FIRST_PRICE) + COLLATERAL);
        vm.prank(miner);
        vm.assertEq(subnets.registerWithPermit(subnet, FIRST_PRICE, permission), 1);
    }

    function test_NumbersAreNeverUsedTwice() public {
        _register(subnet, miner);
        vm.prank(miner);
        subnets.deregister(subnet, 1);
        vm.assertEq(_register(subnet, miner), 2);
        vm.assertEq(subnets.registrationOfOperator(subnet, miner), 2);
        vm.assertEq(subnets.subnetOf(subnet).miners, 1);
    }

    function test_RevertWhen_ItMayNotRegister() public {
        vm.expectRevert(abi.encodeWithSelector(ISubnets.NoSuchSubnet.selector, 9));
        _register(9, miner);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.OperatorNotActive.selector, stranger));
        _register(subnet, stranger);
        vm.prank(miner);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.PriceAboveLimit.selector, FIRST_PRICE, FIRST_PRICE - 1));
        subnets.register(subnet, FIRST_PRICE - 1);
        _register(subnet, miner);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.OperatorIsRegistered.selector, subnet, 1));
        _register(subnet, miner);
        uint32 closed = _createWith(_params(SubnetParams.IS_REGISTRATION_OPEN, 0));
        vm.expectRevert(abi.encodeWithSelector(ISubnets.RegistrationIsClosed.selector, closed));
        _register(closed, miner);
        vm.prank(founder);
        subnets.dissolve(closed);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.SubnetIsDissolved.selector, closed));
        _register(closed, miner);
    }

    // --- price ------------------------------------------------------------------------------------------------------

    function test_ThePriceHalvesAndRises() public {
        _register(subnet, miner);
        vm.assertEq(subnets.registrationPrice(subnet), FIRST_PRICE * 126 / 100);
        _mine(180);
        vm.assertEq(subnets.registrationPrice(subnet), FIRST_PRICE * 126 / 100 * 3 / 4);
        _mine(180);
        vm.assertEq(subnets.registrationPrice(subnet), FIRST_PRICE * 126 / 200);
        _mine(360);
        vm.assertEq(subnets.registrationPrice(subnet), FIRST_PRICE * 126 / 400);
        _mine(10_000_000);
        vm.assertEq(subnets.registrationPrice(subnet), 0.01 ether);
    }

    function testFuzz_ThePriceNeverRisesByItself(uint24 a, uint24 b) public {
        (uint256 early, uint256 late) = a < b ? (a, b) : (b, a);
        uint256 start = _block();
        vm.roll(start + early);
        uint96 before = subnets.registrationPrice(subnet);
        vm.roll(start + late);
        vm.assertLe(subnets.registrationPrice(subnet), before, "rises");
        vm.assertLe(0.01 ether, subnets.registrationPrice(subnet), "below the least");
    }

    // --- slots ------------------------------------------------------------------------------------------------------

    function test_RevertWhen_NobodyCanMakeRoom() public {
        (uint32 full, address newcomer) = _full();
        bytes memory reason = abi.encodeWithSelector(ISubnets.NoSlotFree.selector, full, 2, epochs.postableAfter(full));
        vm.expectRevert(reason);
        _register(full, newcomer);
        vm.assertEq(subnets.nextPruned(full), 0);
    }

    function test_TheFirstUsablePrunableMakesRoom() public {
        (uint32 full, address newcomer) = _full();
        vm.assertEq(_prunedOf(full, 9, 2, 1), 2);
        vm.expectEmit(address(subnets));
        emit ISubnets.Deregistered(full, 2, vm.addr(0xC003), ISubnets.Ended.Pruned, _now() + DELAY);
        vm.assertEq(_register(full, newcomer), 3);
        vm.assertEq(subnets.subnetOf(full).miners, 2);
        vm.assertEq(subnets.registrationOfOperator(full, vm.addr(0xC003)), 0);
        vm.assertEq(subnets.nextPruned(full), 1);
    }

    function test_RevertWhen_AllPrunablesAreImmune() public {
        ISubnets.Param[] memory params = new ISubnets.Param[](2);
        params[0] = ISubnets.Param(SubnetParams.MAX_MINERS, 2);
        params[1] = ISubnets.Param(SubnetParams.IMMUNITY_BLOCKS, 10_000);
        (uint32 full, address newcomer) = _fill(_createWith(params));
        vm.assertEq(_prunedOf(full, 1, 2, 3), 0);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.NoSlotFree.selector, full, 2, epochs.postableAfter(full)));
        _register(full, newcomer);
    }

    /// @dev Two slots, both taken, none immune.
    function _full() private returns (uint32, address newcomer) {
        ISubnets.Param[] memory params = new ISubnets.Param[](2);
        params[0] = ISubnets.Param(SubnetParams.MAX_MINERS, 2);
        params[1] = ISubnets.Param(SubnetParams.IMMUNITY_BLOCKS, 0);
        return _fill(_createWith(params));
    }

    function _fill(uint32 it) private returns (uint32, address newcomer) {
        _register(it, miner);
        _register(it, _operator(3));
        return (it, _operator(4));
    }

    /// @dev Who is next after an epoch is posted that names these three.
    function _prunedOf(uint32 it, uint32 a, uint32 b, uint32 c) private returns (uint32) {
        _stake(it, miner, miner, 1 ether);
        _rollToPost(it, 0);
        uint32[] memory prunable = new uint32[](3);
        (prunable[0], prunable[1], prunable[2]) = (a, b, c);
        IEpochs.EpochAttestation memory attestation = _attestation(it, 0);
        attestation.prunable = keccak256(abi.encode(prunable));
        IEpochs.Vote[] memory votes = new IEpochs.Vote[](1);
        votes[0] = _vote(miner, 1, attestation);
        IEpochs.Permit[] memory none = new IEpochs.Permit[](0);
        epochs.postEpoch(attestation, none, votes, none, prunable);
        return subnets.nextPruned(it);
    }

    // --- serve ------------------------------------------------------------------------------------------------------

    function test_Serves() public {
        _register(subnet, miner);
        vm.expectEmit(address(subnets));
        emit ISubnets.Served(subnet, 1, "/ip4/1.2.3.4/tcp/5", 8);
        vm.prank(_hot(1));
        subnets.serve(subnet, 1, "/ip4/1.2.3.4/tcp/5", 8);
        vm.prank(_hot(1));
        vm.expectRevert(abi.encodeWithSelector(ISubnets.ServedLately.selector, _block() + 5));
        subnets.serve(subnet, 1, "", 8);
        _mine(5);
        vm.prank(_hot(1));
        subnets.serve(subnet, 1, "", 0);
    }

    function test_RevertWhen_ItMayNotServe() public {
        _register(subnet, miner);
        vm.prank(miner);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.NotHolder.selector, miner, miner));
        subnets.serve(subnet, 1, "", 8);
        vm.prank(_hot(1));
        vm.expectRevert(abi.encodeWithSelector(ISubnets.TextTooLong.selector, 513, 512));
        subnets.serve(subnet, 1, string(new bytes(513)), 8);
        vm.prank(_hot(1));
        vm.expectRevert(abi.encodeWithSelector(ISubnets.NotRegistration.selector, subnet, 2));
        subnets.serve(subnet, 2, "", 8);
    }

    // --- the way out ------------------------------------------------------------------------------------------------

    function test_CollateralComesBackAfterTheDelay() public {
        _register(subnet, miner);
        uint256 held = souk.balanceOf(miner);
        vm.prank(miner);
        subnets.deregister(subnet, 1);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.CollateralLocked.selector, _now() + DELAY, _now()));
        subnets.withdrawCollateral(subnet, 1);
        _skip(DELAY);
        vm.prank(stranger);
        subnets.withdrawCollateral(subnet, 1);
        vm.assertEq(souk.balanceOf(miner), held + COLLATERAL);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.NothingLocked.selector, subnet, 1));
        subnets.withdrawCollateral(subnet, 1);
    }

    function test_CollateralIsFreeInADissolvedSubnet() public {
        address left = _operator(2);
        _register(subnet, miner);
        _register(subnet, left);
        vm.prank(left);
        subnets.deregister(subnet, 2);
        vm.prank(founder);
        subnets.dissolve(subnet);
        subnets.withdrawCollateral(subnet, 1);
        subnets.withdrawCollateral(subnet, 2);
        vm.assertEq(souk.balanceOf(address(subnets)), 0);
    }

    function test_RevertWhen_ThereIsNothingToTake() public {
        _register(subnet, miner);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.NotRegistration.selector, subnet, 7));
        subnets.withdrawCollateral(subnet, 7);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.StillRegistered.selector, subnet, 1));
        subnets.withdrawCollateral(subnet, 1);
        vm.prank(_hot(1));
        vm.expectRevert(abi.encodeWithSelector(ISubnets.NotHolder.selector, _hot(1), miner));
        subnets.deregister(subnet, 1);
        vm.prank(miner);
        subnets.deregister(subnet, 1);
        vm.prank(miner);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.NotRegistration.selector, subnet, 1));
        subnets.deregister(subnet, 1);
    }
}
