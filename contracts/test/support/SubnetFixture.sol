// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Emissions} from "../../src/Emissions.sol";
import {Epochs} from "../../src/Epochs.sol";
import {FeeSink} from "../../src/FeeSink.sol";
import {Operators} from "../../src/Operators.sol";
import {SoukToken} from "../../src/SoukToken.sol";
import {Stakes} from "../../src/Stakes.sol";
import {Subnets} from "../../src/Subnets.sol";
import {TestStablecoin} from "../../src/TestStablecoin.sol";
import {IEmissions} from "../../src/interfaces/IEmissions.sol";
import {IEpochs} from "../../src/interfaces/IEpochs.sol";
import {ISoukPurse} from "../../src/interfaces/ISoukPurse.sol";
import {ISoukToken} from "../../src/interfaces/ISoukToken.sol";
import {ISubnets} from "../../src/interfaces/ISubnets.sol";
import {Signing} from "./Signing.sol";

/// @notice All contracts of subnets, and short words for what people do with them. Nobody has staked or registered yet.
abstract contract SubnetFixture is Signing {
    uint256 internal constant T0 = 1_800_000_000;
    uint256 internal constant FIRST_BLOCK = 1_000;
    uint96 internal constant BOND = 100e6;
    uint96 internal constant PER_BLOCK = 1 ether;
    uint48 internal constant HALVING = 1_000_000;
    uint96 internal constant GENESIS = 1_000_000 ether;
    uint256 internal constant CAP = GENESIS + 2 * uint256(PER_BLOCK) * HALVING;
    uint96 internal constant FLOOR = 100 ether;
    uint48 internal constant HALF_BLOCKS = 1_000;
    uint40 internal constant DELAY = 7 days;
    uint48 internal constant PATIENCE = 500;
    uint24 internal constant TEMPO = 30;

    address internal founder = address(0xF0);
    address internal stranger = address(0x57);
    TestStablecoin internal dollar;
    SoukToken internal souk;
    Operators internal operators;
    Emissions internal emissions;
    Subnets internal subnets;
    Stakes internal stakes;
    Epochs internal epochs;

    function _deploy() internal {
        vm.warp(T0);
        vm.roll(FIRST_BLOCK);
        dollar = new TestStablecoin();
        operators = new Operators(address(dollar), address(new FeeSink()), BOND, 7 days, new address[](0));
        uint256 nonce = vm.getNonce(address(this));
        address[4] memory places;
        for (uint256 i = 0; i < 4; ++i) {
            places[i] = vm.computeCreateAddress(address(this), nonce + i);
        }
        emissions = new Emissions(_schedule(), places[1], places[2], places[3]);
        souk = SoukToken(address(emissions.token()));
        subnets = new Subnets(ISubnets.Settings(FLOOR, HALF_BLOCKS, DELAY), souk, emissions, operators, places[3]);
        stakes = new Stakes(DELAY, souk, emissions, operators, subnets, places[3]);
        epochs = new Epochs(PATIENCE, emissions, operators, subnets, stakes);
        _give(founder, 10_000 ether);
    }

    function _schedule() internal view returns (IEmissions.Schedule memory) {
        return IEmissions.Schedule(CAP, PER_BLOCK, HALVING, address(this), GENESIS);
    }

    /// @dev SOUK, and leave to all contracts to take it.
    function _give(address account, uint256 amount) internal {
        souk.transfer(account, amount);
        vm.prank(account);
        souk.approve(address(subnets), type(uint256).max);
        vm.prank(account);
        souk.approve(address(stakes), type(uint256).max);
    }

    /// @dev Cold key 0xC000 + i, hot key 0xA000 + i, 1,000 SOUK.
    function _operator(uint256 i) internal returns (address cold) {
        cold = vm.addr(0xC000 + i);
        dollar.mint(cold, BOND);
        vm.prank(cold);
        dollar.approve(address(operators), BOND);
        vm.prank(cold);
        operators.register(_hot(i), BOND, "");
        _give(cold, 1_000 ether);
    }

    function _hot(uint256 i) internal pure returns (address) {
        return vm.addr(0xA000 + i);
    }

    function _create() internal returns (uint32 subnet) {
        return _createWith(new ISubnets.Param[](0));
    }

    function _createWith(ISubnets.Param[] memory params) internal returns (uint32 subnet) {
        vm.prank(founder);
        return subnets.create(TEMPO, type(uint96).max, "about", params);
    }

    function _params(uint8 key, uint96 value) internal pure returns (ISubnets.Param[] memory params) {
        params = new ISubnets.Param[](1);
        params[0] = ISubnets.Param(key, value);
    }

    function _register(uint32 subnet, address cold) internal returns (uint32) {
        vm.prank(cold);
        return subnets.register(subnet, type(uint96).max);
    }

    function _stake(uint32 subnet, address operator, address by, uint128 amount) internal {
        vm.prank(by);
        stakes.stake(subnet, operator, amount);
    }

    function _startOf(uint32 subnet) internal view returns (uint256) {
        return subnets.subnetOf(subnet).startBlock;
    }

    function _endOf(uint32 subnet, uint64 epoch) internal view returns (uint256) {
        return _startOf(subnet) + (epoch + 1) * TEMPO;
    }

    /// @dev To the first block in which `epoch` can be posted, with a hash for the block before.
    function _rollToPost(uint32 subnet, uint64 epoch) internal {
        uint256 snapshot = _endOf(subnet, epoch) + 2 * TEMPO / 3;
        vm.roll(snapshot + 1);
        vm.setBlockhash(snapshot, _snapshotHash(snapshot));
    }

    function _snapshotHash(uint256 snapshot) internal pure returns (bytes32) {
        return keccak256(abi.encode("snapshot", snapshot));
    }

    /// @dev Of nothing: no rewards, no permits, nobody prunable.
    function _attestation(uint32 subnet, uint64 epoch) internal view returns (IEpochs.EpochAttestation memory) {
        return IEpochs.EpochAttestation({
            subnet: subnet,
            epoch: epoch,
            engine: 1,
            snapshotBlock: _snapshotHash(_endOf(subnet, epoch) + 2 * TEMPO / 3),
            inputs: "inputs",
            outputs: "outputs",
            rewardRoot: 0,
            total: 0,
            validators: keccak256(abi.encode(new IEpochs.Permit[](0))),
            prunable: keccak256(abi.encode(new uint32[](0)))
        });
    }

    function _signAttestation(uint256 i, IEpochs.EpochAttestation memory a) internal view returns (bytes memory) {
        return _sign(address(epochs), 0xA000 + i, _hash(a));
    }

    /// @dev Of operator `cold`, by the hot key with number `i`.
    function _vote(address cold, uint256 i, IEpochs.EpochAttestation memory a)
        internal
        view
        returns (IEpochs.Vote memory)
    {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(0xA000 + i, _digest(address(epochs), _hash(a)));
        return IEpochs.Vote(cold, r, bytes32(uint256(s) | uint256(v - 27) << 255));
    }

    function _leaf(address account, uint256 cumulative) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(account, cumulative))));
    }

    function _permission(uint256 key, address spender, uint256 value)
        internal
        view
        returns (ISoukPurse.Permission memory)
    {
        (uint8 v, bytes32 r, bytes32 s) = _permit(souk, key, spender, value, _now());
        return ISoukPurse.Permission(value, _now(), v, r, s);
    }
}
