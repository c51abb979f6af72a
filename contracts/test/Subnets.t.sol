// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SubnetParams} from "../src/SubnetParams.sol";
import {Subnets} from "../src/Subnets.sol";
import {IEmissions} from "../src/interfaces/IEmissions.sol";
import {ISubnets} from "../src/interfaces/ISubnets.sol";
import {SubnetFixture} from "./support/SubnetFixture.sol";

/*
constructor
├── when the delay is above 90 days, an address or the half-life zero .. DelayTooLong, ZeroAddress
create, createWithPermit
├── when the tempo is below 12 or above 50,400 ............. TempoOutOfRange
├── when the price is above the limit ...................... PriceAboveLimit, with both
├── when the identity is longer than 512 bytes ............. TextTooLong
├── when parameters do not ascend, are unknown, out of range or contradict .. ParamsOutOfOrder, NoSuchParam, …
└── otherwise: the price is locked, the next one is double and falls to the floor in a straight line
setParam
├── when the caller is not the owner ....................... NotOwner
├── when the value is out of range or contradicts .......... ParamOutOfRange, ParamsContradict
├── given the last tenth of an epoch ....................... ParamsFrozen
├── given it was set in this epoch or the one before ....... ParamChangedLately
└── otherwise: it counts from the next epoch on, and what counted before is still known
setIdentity, setOwner
├── when the caller is not the owner, the new one is zero .. NotOwner, ZeroAddress
└── otherwise: told
dissolve
├── when the caller is not the owner ....................... NotOwner
├── given it is dissolved .................................. SubnetIsDissolved
└── otherwise: its price goes to the owner, nothing more is emitted
*/
contract SubnetsTest is SubnetFixture {
    function setUp() public {
        _deploy();
    }

    // --- create -----------------------------------------------------------------------------------------------------

    function test_RevertWhen_BuiltWrongly() public {
        vm.expectRevert(abi.encodeWithSelector(ISubnets.DelayTooLong.selector, 90 days + 1, 90 days));
        new Subnets(ISubnets.Settings(FLOOR, HALF_BLOCKS, 90 days + 1), souk, emissions, operators, address(1));
        vm.expectRevert(ISubnets.ZeroAddress.selector);
        new Subnets(ISubnets.Settings(FLOOR, 0, DELAY), souk, emissions, operators, address(1));
        vm.expectRevert(ISubnets.ZeroAddress.selector);
        new Subnets(ISubnets.Settings(FLOOR, HALF_BLOCKS, DELAY), souk, emissions, operators, address(0));
    }

    function test_Creates() public {
        vm.expectEmit(address(subnets));
        emit ISubnets.SubnetCreated(1, founder, uint48(FIRST_BLOCK), TEMPO, FLOOR);
        uint32 subnet = _create();
        ISubnets.Subnet memory it = subnets.subnetOf(subnet);
        vm.assertEq(it.owner, founder);
        vm.assertEq(it.startBlock, FIRST_BLOCK);
        vm.assertEq(it.tempo, TEMPO);
        vm.assertEq(it.locked, FLOOR);
        vm.assertEq(subnets.subnetCount(), 1);
        vm.assertEq(souk.balanceOf(address(subnets)), FLOOR);
        _mine(TEMPO);
        (uint64 epoch, uint256 startsAt) = subnets.epochNow(subnet);
        vm.assertEq(epoch, 1);
        vm.assertEq(startsAt, FIRST_BLOCK + TEMPO);
    }

    function test_CreatesByPermit() public {
        uint256 key = 0xF00;
        souk.transfer(vm.addr(key), FLOOR);
        ISubnets.Permission memory permission = _permission(key, address(subnets), FLOOR);
        vm.prank(vm.addr(key));
        uint32 subnet = subnets.createWithPermit(TEMPO, FLOOR, "", new ISubnets.Param[](0), permission);
        vm.assertEq(subnets.subnetOf(subnet).owner, vm.addr(key));
    }

    function test_ThePriceDoublesAndFallsInAStraightLine() public {
        _create();
        vm.assertEq(subnets.creationPrice(), 2 * FLOOR);
        _mine(HALF_BLOCKS / 2);
        vm.assertEq(subnets.creationPrice(), FLOOR * 3 / 2);
        _mine(HALF_BLOCKS / 2);
        vm.assertEq(subnets.creationPrice(), FLOOR);
        _mine(HALF_BLOCKS * 10);
        vm.assertEq(subnets.creationPrice(), FLOOR);
    }

    function test_RevertWhen_CreatedOutOfBounds() public {
        vm.prank(founder);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.TempoOutOfRange.selector, 11, 12, 50_400));
        subnets.create(11, FLOOR, "", new ISubnets.Param[](0));
        vm.prank(founder);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.TempoOutOfRange.selector, 50_401, 12, 50_400));
        subnets.create(50_401, FLOOR, "", new ISubnets.Param[](0));
        vm.prank(founder);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.PriceAboveLimit.selector, FLOOR, FLOOR - 1));
        subnets.create(TEMPO, FLOOR - 1, "", new ISubnets.Param[](0));
        vm.prank(founder);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.TextTooLong.selector, 513, 512));
        subnets.create(TEMPO, FLOOR, string(new bytes(513)), new ISubnets.Param[](0));
    }

    function test_FirstParametersCountAtOnce() public {
        ISubnets.Param[] memory params = new ISubnets.Param[](2);
        params[0] = ISubnets.Param(SubnetParams.MAX_MINERS, 7);
        params[1] = ISubnets.Param(SubnetParams.IMMUNITY_BLOCKS, 0);
        uint32 subnet = _createWith(params);
        vm.assertEq(subnets.paramsOf(subnet)[0], 7);
        vm.assertEq(subnets.paramsOf(subnet)[1], 0);
        vm.assertEq(subnets.paramsOf(subnet)[2], 10 ether);
    }

    function test_RevertWhen_FirstParametersAreWrong() public {
        ISubnets.Param[] memory params = new ISubnets.Param[](2);
        (params[0], params[1]) = (ISubnets.Param(1, 1), ISubnets.Param(1, 1));
        _expectCreateReverts(params, abi.encodeWithSelector(ISubnets.ParamsOutOfOrder.selector, 1, 1));
        (params[0], params[1]) = (ISubnets.Param(1, 1), ISubnets.Param(29, 1));
        _expectCreateReverts(params, abi.encodeWithSelector(ISubnets.NoSuchParam.selector, 29));
        (params[0], params[1]) = (ISubnets.Param(1, 1), ISubnets.Param(8, 65));
        _expectCreateReverts(params, abi.encodeWithSelector(ISubnets.ParamOutOfRange.selector, 8, 65, 1, 64));
        (params[0], params[1]) = (ISubnets.Param(16, 50_000), ISubnets.Param(17, 40_000));
        _expectCreateReverts(params, abi.encodeWithSelector(ISubnets.ParamsContradict.selector, 16, 50_000, 40_000));
        (params[0], params[1]) = (ISubnets.Param(24, 40_000), ISubnets.Param(26, 30_000));
        _expectCreateReverts(params, abi.encodeWithSelector(ISubnets.ParamsContradict.selector, 24, 70_000, 65_535));
    }

    function _expectCreateReverts(ISubnets.Param[] memory params, bytes memory reason) private {
        vm.prank(founder);
        vm.expectRevert(reason);
        subnets.create(TEMPO, type(uint96).max, "", params);
    }

    // --- parameters -------------------------------------------------------------------------------------------------

    function test_AParameterCountsFromTheNextEpochOn() public {
        uint32 subnet = _create();
        _mine(TEMPO + 3);
        vm.expectEmit(address(subnets));
        emit ISubnets.ParamSet(subnet, SubnetParams.MAX_MINERS, 5, 2);
        _setParam(subnet, SubnetParams.MAX_MINERS, 5);
        vm.assertEq(subnets.paramAt(subnet, SubnetParams.MAX_MINERS, 0), 256);
        vm.assertEq(subnets.paramAt(subnet, SubnetParams.MAX_MINERS, 1), 256);
        vm.assertEq(subnets.paramsOf(subnet)[0], 256);
        vm.assertEq(subnets.paramAt(subnet, SubnetParams.MAX_MINERS, 2), 5);
        _mine(TEMPO);
        vm.assertEq(subnets.paramsOf(subnet)[0], 5);
    }

    function test_RevertWhen_ChangedTwiceInTwoEpochs() public {
        uint32 subnet = _create();
        _setParam(subnet, SubnetParams.MAX_MINERS, 5);
        bytes memory reason = abi.encodeWithSelector(
            ISubnets.ParamChangedLately.selector, SubnetParams.MAX_MINERS, FIRST_BLOCK + 2 * TEMPO
        );
        vm.expectRevert(reason);
        _setParam(subnet, SubnetParams.MAX_MINERS, 6);
        _mine(TEMPO);
        vm.expectRevert(reason);
        _setParam(subnet, SubnetParams.MAX_MINERS, 6);
        _mine(TEMPO);
        _setParam(subnet, SubnetParams.MAX_MINERS, 6);
        vm.assertEq(subnets.paramAt(subnet, SubnetParams.MAX_MINERS, 1), 5);
        vm.assertEq(subnets.paramAt(subnet, SubnetParams.MAX_MINERS, 3), 6);
    }

    function test_RevertWhen_TheEpochEndsSoon() public {
        uint32 subnet = _create();
        vm.roll(FIRST_BLOCK + TEMPO - 4);
        _setParam(subnet, SubnetParams.MAX_MINERS, 5);
        vm.roll(FIRST_BLOCK + TEMPO - 3);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.ParamsFrozen.selector, FIRST_BLOCK + TEMPO));
        _setParam(subnet, SubnetParams.MAX_VALIDATORS, 5);
    }

    /// @dev Together with those that were set in the same epoch, which do not count yet.
    function test_RevertWhen_ParametersContradict() public {
        uint32 subnet = _create();
        _setParam(subnet, SubnetParams.MAX_PRICE, 2 ether);
        vm.expectRevert(
            abi.encodeWithSelector(ISubnets.ParamsContradict.selector, SubnetParams.MIN_PRICE, 3 ether, 2 ether)
        );
        _setParam(subnet, SubnetParams.MIN_PRICE, 3 ether);
        _setParam(subnet, SubnetParams.MIN_PRICE, 2 ether);
    }

    function testFuzz_EveryParameterHasItsBounds(uint8 key, uint96 value) public {
        uint32 subnet = _create();
        (uint96[] memory minimum, uint96[] memory maximum, uint96[] memory standard) = subnets.paramTable();
        key = uint8(_bound(key, 0, minimum.length - 1));
        vm.assertLe(minimum[key], standard[key], "default");
        vm.assertLe(standard[key], maximum[key], "default");
        bool isWithin = value >= minimum[key] && value <= maximum[key];
        vm.prank(founder);
        (bool isSet,) = address(subnets).call(abi.encodeCall(ISubnets.setParam, (subnet, key, value)));
        if (!isWithin) vm.assertTrue(!isSet, "set out of bounds");
        if (isSet) vm.assertEq(subnets.paramAt(subnet, key, 1), value);
    }

    // --- owner ------------------------------------------------------------------------------------------------------

    function test_RevertWhen_NotTheOwner() public {
        uint32 subnet = _create();
        bytes memory reason = abi.encodeWithSelector(ISubnets.NotOwner.selector, stranger, founder);
        vm.prank(stranger);
        vm.expectRevert(reason);
        subnets.setParam(subnet, 0, 5);
        vm.prank(stranger);
        vm.expectRevert(reason);
        subnets.setIdentity(subnet, "");
        vm.prank(stranger);
        vm.expectRevert(reason);
        subnets.setOwner(subnet, stranger);
        vm.prank(stranger);
        vm.expectRevert(reason);
        subnets.dissolve(subnet);
        vm.prank(founder);
        vm.expectRevert(ISubnets.ZeroAddress.selector);
        subnets.setOwner(subnet, address(0));
        vm.expectRevert(abi.encodeWithSelector(ISubnets.NoSuchSubnet.selector, 9));
        subnets.setIdentity(9, "");
    }

    function test_OwnershipAndWhatWasLockedPassOn() public {
        uint32 subnet = _create();
        vm.prank(founder);
        subnets.setOwner(subnet, stranger);
        vm.expectEmit(address(subnets));
        emit ISubnets.Dissolved(subnet, FLOOR);
        vm.expectEmit(address(emissions));
        emit IEmissions.SubnetStopped(subnet);
        vm.prank(stranger);
        subnets.dissolve(subnet);
        vm.assertEq(souk.balanceOf(stranger), FLOOR);
        vm.assertEq(souk.balanceOf(address(subnets)), 0);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ISubnets.SubnetIsDissolved.selector, subnet));
        subnets.dissolve(subnet);
    }

    function _setParam(uint32 subnet, uint8 key, uint96 value) private {
        vm.prank(founder);
        subnets.setParam(subnet, key, value);
    }
}
