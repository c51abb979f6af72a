// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEpochs} from "../src/interfaces/IEpochs.sol";
import {SubnetFixture} from "./support/SubnetFixture.sol";

/*
postEpoch
├── when it is not the next epoch, or too early ............ EpochOutOfOrder, TooEarly
├── when the snapshot's hash is known and another .......... SnapshotDiffers
├── when a list is not the attested one, too long, out of order .. ListDiffers, ListTooLong, ListOutOfOrder
├── when the total falls or is above what was emitted ...... TotalFell, TotalAboveAccrued
├── by pools, before the first post, after one that lists nobody, or when one is late
│   ├── when less than two thirds of all stake signed ...... QuorumTooSmall
│   ├── when votes are out of order or doubled ............. VotesOutOfOrder
│   └── given permits were posted and it is not late ....... PermitsStillCount
├── by the posted permits
│   ├── when the list is not the posted one ................ ListDiffers
│   ├── when a voter is not in it, or twice ................ NotPermitted
│   └── when less than two thirds of its stake signed ...... QuorumTooSmall
├── given a voter changed its key .......................... its vote counts for nothing
├── given the subnet is dissolved .......................... only what ended before, only by permits: SubnetEnded
└── otherwise: root, total, permits, prunables are those
claim
├── when it is not in the tree ............................. NotInTree
├── given it was paid ...................................... NothingToClaim
├── when claims would be above the total ................... ClaimsAboveTotal
└── otherwise: minted to the account, whoever calls; the next root pays the difference
slash
├── when the two agree, ask another question, are by two keys .. NoConflict
├── when the epoch is not over, or too old ................. TooEarly, EvidenceTooOld
├── when the key is not, or was no more, the operator's .... NotAKeyOf (given up since: slashed)
├── given it was slashed for this epoch .................... SlashedAlready
└── otherwise: a tenth of the pool is burned
*/
contract EpochsPostTest is SubnetFixture {
    uint32 private subnet;
    /// @dev Ascending, with the numbers of their hot keys.
    address[] private validators;
    uint256[] private numbers;

    function setUp() public {
        _deploy();
        subnet = _create();
        for (uint256 i = 1; i <= 3; ++i) {
            address cold = _operator(i);
            _stake(subnet, cold, cold, 100 ether);
            _insert(cold, i);
        }
        _rollToPost(subnet, 0);
    }

    function _insert(address cold, uint256 i) private {
        validators.push(cold);
        numbers.push(i);
        for (uint256 j = validators.length - 1; j > 0 && validators[j - 1] > validators[j]; --j) {
            (validators[j - 1], validators[j]) = (validators[j], validators[j - 1]);
            (numbers[j - 1], numbers[j]) = (numbers[j], numbers[j - 1]);
        }
    }

    // --- post, by pools ---------------------------------------------------------------------------------------------

    function test_PostsTheFirstEpochByPools() public {
        IEpochs.EpochAttestation memory a = _attestation(subnet, 0);
        a.total = 5 ether;
        a.rewardRoot = _leaf(stranger, 5 ether);
        IEpochs.Permit[] memory next = _permits(100 ether);
        uint32[] memory prunable = new uint32[](8);
        for (uint32 i = 0; i < 8; ++i) {
            prunable[i] = 8 - i;
        }
        (a.validators, a.prunable) = (keccak256(abi.encode(next)), keccak256(abi.encode(prunable)));
        vm.expectEmit(address(epochs));
        emit IEpochs.EpochPosted(subnet, 0, a, next, prunable);
        epochs.postEpoch(a, _none(), _votes(a, 2), next, prunable);
        IEpochs.Posted memory posted = epochs.postedOf(subnet);
        vm.assertEq(posted.nextEpoch, 1);
        vm.assertEq(posted.total, 5 ether);
        vm.assertEq(posted.postedAt, _block());
        vm.assertEq(posted.rewardRoot, a.rewardRoot);
        vm.assertEq(posted.validators, a.validators);
        uint32[] memory stored = epochs.prunableOf(subnet);
        vm.assertEq(stored.length, 8);
        vm.assertEq(stored[0], 8);
        vm.assertEq(stored[7], 1);
    }

    function test_RevertWhen_TooFewSigned() public {
        IEpochs.EpochAttestation memory a = _attestation(subnet, 0);
        _expectPostReverts(a, 1, abi.encodeWithSelector(IEpochs.QuorumTooSmall.selector, 100 ether, 300 ether));
        _stake(subnet, validators[2], founder, 1);
        _expectPostReverts(a, 2, abi.encodeWithSelector(IEpochs.QuorumTooSmall.selector, 200 ether, 300 ether + 1));
        uint32 empty = _create();
        _rollToPost(empty, 0);
        a = _attestation(empty, 0);
        _expectPostReverts(a, 0, abi.encodeWithSelector(IEpochs.QuorumTooSmall.selector, 0, 0));
    }

    function test_RevertWhen_VotesAreOutOfOrder() public {
        IEpochs.EpochAttestation memory a = _attestation(subnet, 0);
        IEpochs.Vote[] memory votes = _votes(a, 2);
        votes[1] = votes[0];
        vm.expectRevert(abi.encodeWithSelector(IEpochs.VotesOutOfOrder.selector, validators[0]));
        _post(a, _none(), votes);
    }

    function test_AVoteByAnotherKeyCountsForNothing() public {
        IEpochs.EpochAttestation memory a = _attestation(subnet, 0);
        IEpochs.Vote[] memory votes = _votes(a, 3);
        vm.prank(validators[1]);
        operators.rotateHotKey(address(0x77));
        votes[2].r = 0;
        vm.expectRevert(abi.encodeWithSelector(IEpochs.QuorumTooSmall.selector, 100 ether, 300 ether));
        _post(a, _none(), votes);
        _post(a, _none(), _votesOf(a, 0, 2));
    }

    // --- what is attested -------------------------------------------------------------------------------------------

    function test_RevertWhen_ItIsNotItsTurn() public {
        IEpochs.EpochAttestation memory a = _attestation(subnet, 0);
        uint256 snapshot = _block() - 1;
        vm.roll(snapshot);
        _expectPostReverts(a, 3, abi.encodeWithSelector(IEpochs.TooEarly.selector, snapshot, snapshot));
        vm.roll(snapshot + 1);
        a.epoch = 1;
        _expectPostReverts(a, 3, abi.encodeWithSelector(IEpochs.EpochOutOfOrder.selector, 1, 0));
        _post(_attestation(subnet, 0), _none(), _votes(_attestation(subnet, 0), 3));
        a = _attestation(subnet, 0);
        _expectPostReverts(a, 3, abi.encodeWithSelector(IEpochs.EpochOutOfOrder.selector, 0, 1));
    }

    function test_RevertWhen_TheSnapshotIsAnother() public {
        IEpochs.EpochAttestation memory a = _attestation(subnet, 0);
        bytes32 actual = a.snapshotBlock;
        a.snapshotBlock = "another";
        _expectPostReverts(a, 3, abi.encodeWithSelector(IEpochs.SnapshotDiffers.selector, bytes32("another"), actual));
        _mine(256);
        _post(a, _none(), _votes(a, 3));
    }

    function test_RevertWhen_ListsAreWrong() public {
        IEpochs.EpochAttestation memory a = _attestation(subnet, 0);
        bytes32 given = keccak256(abi.encode(_permits(1)));
        vm.expectRevert(abi.encodeWithSelector(IEpochs.ListDiffers.selector, a.validators, given));
        epochs.postEpoch(a, _none(), _votes(a, 3), _permits(1), new uint32[](0));
        uint32[] memory zero = new uint32[](1);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.ListDiffers.selector, a.prunable, keccak256(abi.encode(zero))));
        epochs.postEpoch(a, _none(), _votes(a, 3), _none(), zero);
        a.prunable = keccak256(abi.encode(zero));
        vm.expectRevert(abi.encodeWithSelector(IEpochs.ListOutOfOrder.selector, 0));
        epochs.postEpoch(a, _none(), _votes(a, 3), _none(), zero);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.ListTooLong.selector, 9, 8));
        epochs.postEpoch(a, _none(), _votes(a, 3), _none(), new uint32[](9));
        vm.expectRevert(abi.encodeWithSelector(IEpochs.ListTooLong.selector, 65, 64));
        epochs.postEpoch(a, _none(), _votes(a, 3), new IEpochs.Permit[](65), new uint32[](0));
        a = _attestation(subnet, 0);
        IEpochs.Permit[] memory twice = new IEpochs.Permit[](2);
        a.validators = keccak256(abi.encode(twice));
        vm.expectRevert(abi.encodeWithSelector(IEpochs.ListOutOfOrder.selector, 1));
        epochs.postEpoch(a, _none(), _votes(a, 3), twice, new uint32[](0));
    }

    function test_RevertWhen_TheTotalIsWrong() public {
        uint256 accrued = emissions.accruedAt(subnet, _endOf(subnet, 0));
        IEpochs.EpochAttestation memory a = _attestation(subnet, 0);
        a.total = uint128(accrued + 1);
        _expectPostReverts(a, 3, abi.encodeWithSelector(IEpochs.TotalAboveAccrued.selector, accrued + 1, accrued));
        a.total = uint128(accrued);
        _post(a, _none(), _votes(a, 3));
        _rollToPost(subnet, 1);
        a = _attestation(subnet, 1);
        a.total = uint128(accrued - 1);
        _expectPostReverts(a, 3, abi.encodeWithSelector(IEpochs.TotalFell.selector, accrued - 1, accrued));
    }

    // --- post, by permits -------------------------------------------------------------------------------------------

    function test_PostsTheNextEpochByPermits() public {
        _postWithPermits(50 ether);
        IEpochs.EpochAttestation memory a = _attestation(subnet, 1);
        IEpochs.Permit[] memory permits = _permits(50 ether);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.QuorumTooSmall.selector, 50 ether, 150 ether));
        _post(a, permits, _votesOf(a, 1));
        _post(a, permits, _votesOf(a, 0, 2));
        vm.assertEq(epochs.postedOf(subnet).nextEpoch, 2);
    }

    function test_RevertWhen_PermitsAreWrong() public {
        _postWithPermits(50 ether);
        IEpochs.EpochAttestation memory a = _attestation(subnet, 1);
        bytes32 listed = epochs.postedOf(subnet).validators;
        bytes32 given = keccak256(abi.encode(_permits(51 ether)));
        vm.expectRevert(abi.encodeWithSelector(IEpochs.ListDiffers.selector, listed, given));
        _post(a, _permits(51 ether), _votes(a, 3));
        IEpochs.Vote[] memory votes = _votes(a, 3);
        votes[1] = votes[0];
        vm.expectRevert(abi.encodeWithSelector(IEpochs.NotPermitted.selector, validators[0]));
        _post(a, _permits(50 ether), votes);
        votes = _votes(a, 3);
        votes[1].operator = stranger;
        vm.expectRevert(abi.encodeWithSelector(IEpochs.NotPermitted.selector, stranger));
        _post(a, _permits(50 ether), votes);
    }

    function test_PoolsCountAgainWhenAnEpochIsLate() public {
        _postWithPermits(50 ether);
        IEpochs.EpochAttestation memory a = _attestation(subnet, 1);
        uint256 late = epochs.postableAfter(subnet) + PATIENCE;
        vm.assertEq(epochs.poolsCountAfter(subnet), late);
        vm.roll(late);
        _expectPostReverts(a, 3, abi.encodeWithSelector(IEpochs.PermitsStillCount.selector, late));
        vm.roll(late + 1);
        _post(a, _none(), _votes(a, 3));
        vm.assertEq(epochs.postedOf(subnet).nextEpoch, 2);
    }

    function test_PoolsCountAtOnceWhereNobodyWasListed() public {
        IEpochs.EpochAttestation memory a = _attestation(subnet, 0);
        _post(a, _none(), _votes(a, 3));
        vm.assertEq(epochs.poolsCountAfter(subnet), 0);
        _rollToPost(subnet, 1);
        a = _attestation(subnet, 1);
        _post(a, _none(), _votes(a, 3));
        vm.assertEq(epochs.postedOf(subnet).nextEpoch, 2);
    }

    function test_OnlyWhatEndedBeforeADissolutionIsPosted() public {
        _postWithPermits(50 ether);
        vm.prank(founder);
        subnets.dissolve(subnet);
        IEpochs.EpochAttestation memory a = _attestation(subnet, 1);
        uint256 dissolvedAt = _block();
        _expectPostReverts(a, 3, abi.encodeWithSelector(IEpochs.SubnetEnded.selector, subnet, dissolvedAt));
        _post(a, _permits(50 ether), _votes(a, 3));
        _rollToPost(subnet, 2);
        a = _attestation(subnet, 2);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.SubnetEnded.selector, subnet, dissolvedAt));
        _post(a, _permits(50 ether), _votes(a, 3));
    }

    // --- claim ------------------------------------------------------------------------------------------------------

    function test_ClaimsAreCumulative() public {
        (address a, address b) = (address(0xAA), address(0xBB));
        _postRewards(0, a, 3 ether, b, 2 ether, 5 ether);
        vm.prank(stranger);
        vm.assertEq(epochs.claim(subnet, a, 3 ether, _proof(_leaf(b, 2 ether))), 3 ether);
        vm.assertEq(souk.balanceOf(a), 3 ether);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.NothingToClaim.selector, a, 3 ether, 3 ether));
        epochs.claim(subnet, a, 3 ether, _proof(_leaf(b, 2 ether)));
        vm.expectRevert(abi.encodeWithSelector(IEpochs.NotInTree.selector, a, 4 ether));
        epochs.claim(subnet, a, 4 ether, _proof(_leaf(b, 2 ether)));
        _rollToPost(subnet, 1);
        _postRewards(1, a, 7 ether, b, 9 ether, 16 ether);
        vm.expectEmit(address(epochs));
        emit IEpochs.Claimed(subnet, a, 4 ether);
        epochs.claim(subnet, a, 7 ether, _proof(_leaf(b, 9 ether)));
        epochs.claim(subnet, b, 9 ether, _proof(_leaf(a, 7 ether)));
        vm.assertEq(souk.balanceOf(a), 7 ether);
        vm.assertEq(souk.balanceOf(b), 9 ether);
        vm.assertEq(emissions.mintedOf(subnet), 16 ether);
    }

    function test_RevertWhen_ARootGivesMoreThanItsTotal() public {
        (address a, address b) = (address(0xAA), address(0xBB));
        _postRewards(0, a, 3 ether, b, 3 ether, 5 ether);
        epochs.claim(subnet, a, 3 ether, _proof(_leaf(b, 3 ether)));
        vm.expectRevert(abi.encodeWithSelector(IEpochs.ClaimsAboveTotal.selector, 6 ether, 5 ether));
        epochs.claim(subnet, b, 3 ether, _proof(_leaf(a, 3 ether)));
    }

    function test_RewardsStayClaimableAfterADissolution() public {
        (address a, address b) = (address(0xAA), address(0xBB));
        _postRewards(0, a, 3 ether, b, 2 ether, 5 ether);
        vm.prank(founder);
        subnets.dissolve(subnet);
        _mine(1_000_000);
        epochs.claim(subnet, b, 2 ether, _proof(_leaf(a, 3 ether)));
        vm.assertEq(souk.balanceOf(b), 2 ether);
    }

    // --- slash ------------------------------------------------------------------------------------------------------

    function test_SlashesTwoOutcomesOfOneEpoch() public {
        (IEpochs.EpochAttestation memory a, IEpochs.EpochAttestation memory b) = _conflict();
        vm.assertEq(_slash(a, b, 0), 10 ether);
        vm.assertEq(stakes.poolStake(subnet, validators[0]), 90 ether);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.SlashedAlready.selector, 0, validators[0]));
        _slash(b, a, 0);
    }

    function test_AKeyThatWasGivenUpStillBinds() public {
        (IEpochs.EpochAttestation memory a, IEpochs.EpochAttestation memory b) = _conflict();
        vm.prank(validators[0]);
        operators.rotateHotKey(address(0x77));
        vm.assertEq(_slash(a, b, 0), 10 ether);
    }

    function test_RevertWhen_TheKeyIsNotTheOperators() public {
        (IEpochs.EpochAttestation memory a, IEpochs.EpochAttestation memory b) = _conflict();
        address key = _hot(numbers[1]);
        (bytes memory sigA, bytes memory sigB) = (_signAttestation(numbers[1], a), _signAttestation(numbers[1], b));
        vm.expectRevert(abi.encodeWithSelector(IEpochs.NotAKeyOf.selector, validators[0], key));
        epochs.slash(validators[0], a, sigA, b, sigB);
        // Given up before the epoch could be posted: what it signs now binds nobody.
        vm.roll(_block() - 1);
        vm.prank(validators[1]);
        operators.rotateHotKey(address(0x77));
        _mine(1);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.NotAKeyOf.selector, validators[1], key));
        epochs.slash(validators[1], a, sigA, b, sigB);
    }

    function test_RevertWhen_ThereIsNoConflict() public {
        (IEpochs.EpochAttestation memory a, IEpochs.EpochAttestation memory b) = _conflict();
        _expectNoConflict(a, a);
        b.engine = 2;
        _expectNoConflict(a, b);
        (a, b) = _conflict();
        b.snapshotBlock = "a reorg";
        _expectNoConflict(a, b);
        (a, b) = _conflict();
        bytes memory sigA = _signAttestation(numbers[0], a);
        bytes memory sigB = _signAttestation(numbers[1], b);
        vm.expectRevert(IEpochs.NoConflict.selector);
        epochs.slash(validators[0], a, sigA, b, sigB);
    }

    function test_RevertWhen_TheEpochIsNotOverOrOld() public {
        (IEpochs.EpochAttestation memory a, IEpochs.EpochAttestation memory b) = _conflict();
        (a.epoch, b.epoch) = (1, 1);
        uint256 snapshot = _endOf(subnet, 1) + 20;
        vm.expectRevert(abi.encodeWithSelector(IEpochs.TooEarly.selector, snapshot, _block()));
        _slash(a, b, 0);
        for (uint64 epoch = 0; epoch < 3; ++epoch) {
            _rollToPost(subnet, epoch);
            IEpochs.EpochAttestation memory one = _attestation(subnet, epoch);
            _post(one, _none(), _votes(one, 3));
        }
        _slash(a, b, 0);
        (a.epoch, b.epoch) = (0, 0);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EvidenceTooOld.selector, 0, 1));
        _slash(a, b, 0);
    }

    // --- words ------------------------------------------------------------------------------------------------------

    function _conflict() private view returns (IEpochs.EpochAttestation memory a, IEpochs.EpochAttestation memory b) {
        (a, b) = (_attestation(subnet, 0), _attestation(subnet, 0));
        b.rewardRoot = "another";
    }

    function _slash(IEpochs.EpochAttestation memory a, IEpochs.EpochAttestation memory b, uint256 i)
        private
        returns (uint256)
    {
        return epochs.slash(validators[i], a, _signAttestation(numbers[i], a), b, _signAttestation(numbers[i], b));
    }

    function _expectNoConflict(IEpochs.EpochAttestation memory a, IEpochs.EpochAttestation memory b) private {
        (bytes memory sigA, bytes memory sigB) = (_signAttestation(numbers[0], a), _signAttestation(numbers[0], b));
        vm.expectRevert(IEpochs.NoConflict.selector);
        epochs.slash(validators[0], a, sigA, b, sigB);
    }

    function _none() private pure returns (IEpochs.Permit[] memory) {
        return new IEpochs.Permit[](0);
    }

    function _permits(uint256 each) private view returns (IEpochs.Permit[] memory permits) {
        permits = new IEpochs.Permit[](validators.length);
        for (uint256 i = 0; i < permits.length; ++i) {
            permits[i] = IEpochs.Permit(validators[i], each);
        }
    }

    /// @dev Of the first `count`.
    function _votes(IEpochs.EpochAttestation memory a, uint256 count)
        private
        view
        returns (IEpochs.Vote[] memory votes)
    {
        votes = new IEpochs.Vote[](count);
        for (uint256 i = 0; i < count; ++i) {
            votes[i] = _vote(validators[i], numbers[i], a);
        }
    }

    function _votesOf(IEpochs.EpochAttestation memory a, uint256 i) private view returns (IEpochs.Vote[] memory votes) {
        votes = new IEpochs.Vote[](1);
        votes[0] = _vote(validators[i], numbers[i], a);
    }

    function _votesOf(IEpochs.EpochAttestation memory a, uint256 i, uint256 j)
        private
        view
        returns (IEpochs.Vote[] memory votes)
    {
        votes = new IEpochs.Vote[](2);
        votes[0] = _vote(validators[i], numbers[i], a);
        votes[1] = _vote(validators[j], numbers[j], a);
    }

    function _post(IEpochs.EpochAttestation memory a, IEpochs.Permit[] memory current, IEpochs.Vote[] memory votes)
        private
    {
        epochs.postEpoch(a, current, votes, _none(), new uint32[](0));
    }

    function _expectPostReverts(IEpochs.EpochAttestation memory a, uint256 count, bytes memory reason) private {
        IEpochs.Vote[] memory votes = _votes(a, count);
        vm.expectRevert(reason);
        _post(a, _none(), votes);
    }

    /// @dev Epoch 0, with all three as permits of `each`; then it is time for epoch 1.
    function _postWithPermits(uint256 each) private {
        IEpochs.EpochAttestation memory a = _attestation(subnet, 0);
        a.validators = keccak256(abi.encode(_permits(each)));
        epochs.postEpoch(a, _none(), _votes(a, 3), _permits(each), new uint32[](0));
        _rollToPost(subnet, 1);
    }

    function _postRewards(uint64 epoch, address a, uint256 ofA, address b, uint256 ofB, uint128 total) private {
        IEpochs.EpochAttestation memory attestation = _attestation(subnet, epoch);
        (bytes32 left, bytes32 right) = (_leaf(a, ofA), _leaf(b, ofB));
        (left, right) = left < right ? (left, right) : (right, left);
        attestation.rewardRoot = keccak256(abi.encode(left, right));
        attestation.total = total;
        attestation.validators = keccak256(abi.encode(_permits(1)));
        IEpochs.Permit[] memory current = epoch == 0 ? _none() : _permits(1);
        epochs.postEpoch(attestation, current, _votes(attestation, 3), _permits(1), new uint32[](0));
    }

    function _proof(bytes32 sibling) private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](1);
        proof[0] = sibling;
    }
}
