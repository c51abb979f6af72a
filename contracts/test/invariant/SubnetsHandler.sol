// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SubnetParams} from "../../src/SubnetParams.sol";
import {IEpochs} from "../../src/interfaces/IEpochs.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {ISubnets} from "../../src/interfaces/ISubnets.sol";
import {SubnetFixture} from "../support/SubnetFixture.sol";

/// @notice Two subnets of two slots, three operators that mine and validate, two delegators: they register, stake, leave,
/// post, claim and are slashed at random, while blocks and seconds pass and owners dissolve. What went in and out is noted.
contract SubnetsHandler is SubnetFixture {
    uint256 public constant OPERATORS = 3;
    uint256 public constant PEOPLE = 5;
    address[] public people;
    uint256 private _time = T0;
    uint256 private _height = FIRST_BLOCK;
    uint256 public locked;
    uint256 public collateral;
    uint256 public staked;
    uint256 public burned;
    uint256 public claimed;
    mapping(uint32 subnet => uint256) public registrations;
    /// @dev Root of the last posted epoch: the first of `people` gets all there is.
    mapping(uint32 subnet => uint128) public posted;

    constructor() {
        _deploy();
        for (uint256 i = 1; i <= OPERATORS; ++i) {
            people.push(_operator(i));
        }
        for (uint256 i = 0; i < PEOPLE - OPERATORS; ++i) {
            people.push(address(uint160(0xD000 + i)));
            _give(people[OPERATORS + i], 1_000 ether);
        }
        ISubnets.Param[] memory params = new ISubnets.Param[](2);
        params[0] = ISubnets.Param(SubnetParams.MAX_MINERS, 2);
        params[1] = ISubnets.Param(SubnetParams.IMMUNITY_BLOCKS, 0);
        for (uint256 i = 0; i < 2; ++i) {
            locked += subnets.creationPrice();
            _createWith(params);
        }
    }

    function contracts() external view returns (address, address, address, address, address) {
        return (address(souk), address(subnets), address(stakes), address(epochs), address(emissions));
    }

    function pass(uint8 blocks, uint24 time) external {
        _height += blocks;
        _time += time;
        _go();
    }

    function register(uint8 who, bool isSecond) external {
        _go();
        uint32 subnet = _subnet(isSecond);
        address cold = people[who % OPERATORS];
        uint96 price = _isAlive(subnet) ? subnets.registrationPrice(subnet) : 0;
        vm.prank(cold);
        try subnets.register(subnet, type(uint96).max) returns (uint32 registration) {
            registrations[subnet] = registration;
            collateral += 10 ether;
            burned += price;
        } catch {}
    }

    function deregister(uint8 who, bool isSecond) external {
        _go();
        address cold = people[who % OPERATORS];
        uint32 registration = subnets.registrationOfOperator(_subnet(isSecond), cold);
        if (registration == 0) return;
        vm.prank(cold);
        subnets.deregister(_subnet(isSecond), registration);
    }

    function withdrawCollateral(uint8 registration, bool isSecond) external {
        _go();
        try subnets.withdrawCollateral(_subnet(isSecond), registration % 16) {
            collateral -= 10 ether;
        } catch {}
    }

    function stake(uint8 who, uint8 operator, bool isSecond, uint64 amount) external {
        _go();
        uint32 subnet = _subnet(isSecond);
        address by = people[who % PEOPLE];
        if (amount == 0 || !_isAlive(subnet) || souk.balanceOf(by) < amount) return;
        staked += amount;
        _stake(subnet, people[operator % OPERATORS], by, amount);
    }

    function unstake(uint8 who, uint8 operator, bool isSecond, uint128 amount) external {
        _go();
        uint32 subnet = _subnet(isSecond);
        address pool = people[operator % OPERATORS];
        address by = people[who % PEOPLE];
        uint256 has = stakes.stakeOf(subnet, pool, by);
        if (has == 0 || stakes.unbondingOf(subnet, pool, by).length == 8) return;
        uint256 held = souk.balanceOf(by);
        vm.prank(by);
        stakes.unstake(subnet, pool, uint128(_bound(amount, 1, has)));
        staked -= souk.balanceOf(by) - held;
    }

    function finishUnstake(uint8 who, uint8 operator, bool isSecond) external {
        _go();
        address by = people[who % PEOPLE];
        uint256 held = souk.balanceOf(by);
        vm.prank(by);
        try stakes.finishUnstake(_subnet(isSecond), people[operator % OPERATORS]) {
            staked -= souk.balanceOf(by) - held;
        } catch {}
    }

    function moveStake(uint8 from, uint8 to, bool isSecond, uint128 amount) external {
        _go();
        (uint32 subnet, uint32 other) = (_subnet(isSecond), _subnet(!isSecond));
        (address pool, address next) = (people[from % OPERATORS], people[to % OPERATORS]);
        uint256 has = stakes.stakeOf(subnet, pool, people[4]);
        if (has == 0 || !_isAlive(other)) return;
        vm.prank(people[4]);
        stakes.moveStake(subnet, pool, other, next, uint128(_bound(amount, 1, has)));
    }

    function transferStake(uint8 operator, bool isSecond, uint128 amount) external {
        _go();
        (uint32 subnet, address pool) = (_subnet(isSecond), people[operator % OPERATORS]);
        uint256 has = stakes.stakeOf(subnet, pool, people[3]);
        if (has == 0) return;
        vm.prank(people[3]);
        stakes.transferStake(subnet, pool, people[4], uint128(_bound(amount, 1, has)));
    }

    /// @dev By all pools; the first of `people` gets a part of what was emitted, and registrations may be prunable.
    function post(bool isSecond, uint8 part) external {
        _go();
        uint32 subnet = _subnet(isSecond);
        uint64 epoch = epochs.postedOf(subnet).nextEpoch;
        if (!_isAlive(subnet) || stakes.totalStake(subnet) == 0) return;
        uint256 snapshot = epochs.postableAfter(subnet);
        if (_height <= snapshot) _height = snapshot + 1;
        _go();
        vm.setBlockhash(snapshot, _snapshotHash(snapshot));
        IEpochs.EpochAttestation memory a = _attestation(subnet, epoch);
        uint256 budget = emissions.accruedAt(subnet, _endOf(subnet, epoch)) - posted[subnet];
        a.total = posted[subnet] + uint128(budget * part / 255);
        a.rewardRoot = _leaf(people[0], a.total);
        uint32[] memory prunable = _lastRegistrations(subnet);
        a.prunable = keccak256(abi.encode(prunable));
        epochs.postEpoch(a, new IEpochs.Permit[](0), _votesByAll(a), new IEpochs.Permit[](0), prunable);
        posted[subnet] = a.total;
    }

    function claim(bool isSecond) external {
        _go();
        uint32 subnet = _subnet(isSecond);
        uint256 due = posted[subnet] - epochs.claimedOf(subnet, people[0]);
        if (due == 0) return;
        claimed += epochs.claim(subnet, people[0], posted[subnet], new bytes32[](0));
    }

    function slash(uint8 operator, bool isSecond) external {
        _go();
        uint32 subnet = _subnet(isSecond);
        uint64 epoch = epochs.postedOf(subnet).nextEpoch;
        uint256 number = operator % OPERATORS;
        IEpochs.EpochAttestation memory a = _attestation(subnet, epoch);
        bytes memory signatureA = _signAttestation(number + 1, a);
        IEpochs.EpochAttestation memory b = _attestation(subnet, epoch);
        b.total = 1;
        try epochs.slash(people[number], a, signatureA, b, _signAttestation(number + 1, b)) returns (uint256 taken) {
            burned += taken;
            staked -= taken;
        } catch {}
    }

    function dissolve(bool isSecond, uint8 chance) external {
        _go();
        uint32 subnet = _subnet(isSecond);
        if (chance > 8 || !_isAlive(subnet)) return;
        locked -= subnets.subnetOf(subnet).locked;
        vm.prank(founder);
        subnets.dissolve(subnet);
    }

    /// @dev Seconds and blocks of a handler are its own: a test that calls it begins where it left off.
    function _go() private {
        vm.roll(_height);
        vm.warp(_time);
    }

    function _subnet(bool isSecond) private pure returns (uint32) {
        return isSecond ? 2 : 1;
    }

    function _isAlive(uint32 subnet) private view returns (bool) {
        return subnets.subnetOf(subnet).dissolvedAt == 0;
    }

    function _lastRegistrations(uint32 subnet) private view returns (uint32[] memory prunable) {
        uint256 count = registrations[subnet] < 4 ? registrations[subnet] : 4;
        prunable = new uint32[](count);
        for (uint256 i = 0; i < count; ++i) {
            prunable[i] = uint32(registrations[subnet] - i);
        }
    }

    function _votesByAll(IEpochs.EpochAttestation memory a) private view returns (IEpochs.Vote[] memory votes) {
        votes = new IEpochs.Vote[](OPERATORS);
        for (uint256 i = 0; i < OPERATORS; ++i) {
            uint256 rank;
            for (uint256 j = 0; j < OPERATORS; ++j) {
                if (people[j] < people[i]) ++rank;
            }
            votes[rank] = _vote(people[i], i + 1, a);
        }
    }
}
