// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SubnetParams} from "./SubnetParams.sol";
import {IEmissions} from "./interfaces/IEmissions.sol";
import {IEpochs} from "./interfaces/IEpochs.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {ISubnets} from "./interfaces/ISubnets.sol";

/// @title Epochs: windows, quorums and claims
/// @dev What this contract takes from outsiders, and what breaks without it:
/// - Two thirds of the stake that is counted are honest. Else they assign what was emitted to the subnet as they like, and
///   name who counts next; never more than was emitted, nor what is another subnet's, nor anyone's stake.
/// - A block's hash is known here for 256 blocks. Of an older snapshot the votes alone vouch for the hash.
/// - Operators tells hot keys, present and former; a hot key that its owner lost can be made to sign a conflict, which
///   costs a tenth of a pool for each epoch that can still be slashed: two posted ones, and those that are due.
contract Epochs is IEpochs, EIP712 {
    /// @dev Commits of even and odd epochs: one may wait to be revealed while the next is made. Their preimage names the
    /// epoch. `revealed` is the epoch after the last one revealed.
    struct Work {
        bytes32[2] commits;
        uint64 revealed;
    }

    bytes32 private constant ATTESTATION_TYPEHASH = keccak256(
        "EpochAttestation(uint32 subnet,uint64 epoch,uint32 engine,bytes32 snapshotBlock,bytes32 inputs,bytes32 outputs,"
        "bytes32 rewardRoot,uint128 total,bytes32 validators,bytes32 prunable)"
    );
    /// @dev Hash of an empty permit list.
    bytes32 private constant NOBODY = keccak256(abi.encode(uint256(32), uint256(0)));
    uint256 public constant MAX_ROW_BYTES = 8 * 4096;
    uint256 public constant MAX_EVIDENCE_BYTES = 24 * 1024;
    uint256 public constant MAX_VALIDATORS = 64;
    uint256 public constant MAX_PRUNABLE = 8;
    uint256 public constant SLASH_BPS = 1_000;
    /// @dev Posted epochs, from the last one back, of which a conflict is still slashed.
    uint64 public constant EVIDENCE_EPOCHS = 2;

    IEmissions private immutable _emissions;
    IOperators private immutable _operators;
    ISubnets private immutable _subnets;
    IStakes private immutable _stakes;
    /// @inheritdoc IEpochs
    uint48 public immutable quorumPatience;

    mapping(uint32 subnet => Posted) private _posted;
    /// @dev Eight numbers of 32 bits, the first in the lowest; 0 ends them.
    mapping(uint32 subnet => uint256) private _prunable;
    mapping(uint32 subnet => mapping(address operator => Work)) private _work;
    /// @inheritdoc IEpochs
    mapping(uint32 subnet => mapping(address account => uint256)) public claimedOf;
    mapping(uint32 subnet => mapping(address operator => mapping(uint64 epoch => bool))) private _isSlashed;

    /// @dev Deployed last: here it shows whether the others were told the right addresses.
    constructor(uint48 quorumPatience_, IEmissions emissions, IOperators operators, ISubnets subnets, IStakes stakes)
        EIP712("Souk", "1")
    {
        _requireSame(address(emissions.token()), address(subnets.token()));
        _requireSame(address(emissions.token()), address(stakes.token()));
        _requireSame(address(subnets), emissions.subnets());
        _requireSame(address(stakes), emissions.stakes());
        _requireSame(address(this), emissions.epochs());
        _requireSame(address(this), subnets.epochs());
        _requireSame(address(this), stakes.epochs());
        quorumPatience = quorumPatience_;
        _emissions = emissions;
        _operators = operators;
        _subnets = subnets;
        _stakes = stakes;
    }

    // --- the validator's walk ---------------------------------------------------------------------------------------

    /// @inheritdoc IEpochs
    function commit(uint32 subnet, uint64 epoch, bytes32 sealed_) external {
        address operator = _operatorOf(msg.sender);
        (uint256 end, uint256 tempo) = _endOf(subnet, epoch);
        _requireWithin(end - tempo, end - 1);
        _work[subnet][operator].commits[epoch % 2] = sealed_;
        emit Committed(subnet, epoch, operator, sealed_);
    }

    /// @inheritdoc IEpochs
    function reveal(
        uint32 subnet,
        uint64 epoch,
        bytes32 salt,
        uint32 version,
        bytes32 logRoot,
        bytes[] calldata weights
    ) external {
        address operator = _operatorOf(msg.sender);
        (uint256 end, uint256 tempo) = _endOf(subnet, epoch);
        _requireWithin(end, end + tempo / 3 - 1);
        uint256 most = _subnets.paramAt(subnet, SubnetParams.MECHANISM_COUNT, epoch);
        require(weights.length <= most, TooManyRows(weights.length, most));
        for (uint256 i = 0; i < weights.length; ++i) {
            require(weights[i].length <= MAX_ROW_BYTES, TooManyBytes(weights[i].length, MAX_ROW_BYTES));
        }
        Work storage work = _work[subnet][operator];
        require(work.revealed != epoch + 1, AlreadyRevealed(epoch, operator));
        bytes32 weightsHash = keccak256(abi.encode(version, weights));
        bytes32 revealed = keccak256(abi.encode(subnet, epoch, operator, salt, weightsHash, logRoot));
        bytes32 committed = work.commits[epoch % 2];
        require(revealed == committed, CommitDiffers(committed, revealed));
        work.revealed = epoch + 1;
        emit Revealed(subnet, epoch, operator, version, logRoot, weights);
    }

    /// @inheritdoc IEpochs
    function open(uint32 subnet, uint64 epoch, bytes calldata evidence) external {
        address operator = _operatorOf(msg.sender);
        (uint256 end, uint256 tempo) = _endOf(subnet, epoch);
        _requireWithin(end + tempo / 3 + 1, end + 2 * tempo / 3 - 1);
        require(evidence.length <= MAX_EVIDENCE_BYTES, TooManyBytes(evidence.length, MAX_EVIDENCE_BYTES));
        require(_work[subnet][operator].revealed == epoch + 1, NotRevealed(epoch, operator));
        emit Opened(subnet, epoch, operator, evidence);
    }

    // --- anyone -----------------------------------------------------------------------------------------------------

    /// @inheritdoc IEpochs
    function postEpoch(
        EpochAttestation calldata attestation,
        Permit[] calldata current,
        Vote[] calldata votes,
        Permit[] calldata validators,
        uint32[] calldata prunable
    ) external {
        Posted storage posted = _posted[attestation.subnet];
        _checkTime(attestation, posted.nextEpoch, current.length != 0);
        _checkLists(attestation, validators, prunable);
        _checkTotal(attestation, posted.total);
        bytes32 digest = hashAttestation(attestation);
        (uint256 signed, uint256 total) = current.length != 0
            ? _countPermits(posted.validators, current, votes, digest)
            : _countPools(attestation.subnet, votes, digest);
        require(total != 0 && signed * 3 >= total * 2, QuorumTooSmall(signed, total));

        posted.nextEpoch = attestation.epoch + 1;
        posted.total = attestation.total;
        posted.postedAt = uint48(block.number);
        posted.rewardRoot = attestation.rewardRoot;
        posted.validators = attestation.validators;
        _prunable[attestation.subnet] = _pack(prunable);
        emit EpochPosted(attestation.subnet, attestation.epoch, attestation, validators, prunable);
    }

    /// @inheritdoc IEpochs
    function claim(uint32 subnet, address account, uint256 cumulative, bytes32[] calldata proof)
        external
        returns (uint256 amount)
    {
        Posted storage posted = _posted[subnet];
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(account, cumulative))));
        require(MerkleProof.verifyCalldata(proof, posted.rewardRoot, leaf), NotInTree(account, cumulative));
        uint256 claimed = claimedOf[subnet][account];
        require(cumulative > claimed, NothingToClaim(account, cumulative, claimed));
        amount = cumulative - claimed;
        uint256 claimedByAll = posted.claimed + amount;
        require(claimedByAll <= posted.total, ClaimsAboveTotal(claimedByAll, posted.total));
        claimedOf[subnet][account] = cumulative;
        posted.claimed = uint128(claimedByAll);
        emit Claimed(subnet, account, amount);
        _emissions.mint(subnet, account, amount);
    }

    /// @inheritdoc IEpochs
    function slash(
        address operator,
        EpochAttestation calldata a,
        bytes calldata signatureA,
        EpochAttestation calldata b,
        bytes calldata signatureB
    ) external returns (uint256 taken) {
        (uint32 subnet, uint64 epoch) = (a.subnet, a.epoch);
        bool isSameQuestion =
            subnet == b.subnet && epoch == b.epoch && a.engine == b.engine && a.snapshotBlock == b.snapshotBlock;
        bytes32 digestA = hashAttestation(a);
        bytes32 digestB = hashAttestation(b);
        address key = ECDSA.recoverCalldata(digestA, signatureA);
        bool isSameKey = key == ECDSA.recoverCalldata(digestB, signatureB);
        require(isSameQuestion && isSameKey && digestA != digestB, NoConflict());

        uint256 snapshot = _snapshotOf(subnet, epoch);
        require(block.number > snapshot, TooEarly(snapshot, block.number));
        uint64 next = _posted[subnet].nextEpoch;
        if (epoch + EVIDENCE_EPOCHS < next) revert EvidenceTooOld(epoch, next - EVIDENCE_EPOCHS);
        bool isKey = _operators.operatorOf(operator).hotKey == key || _operators.retiredAt(operator, key) > snapshot;
        require(isKey, NotAKeyOf(operator, key));
        require(!_isSlashed[subnet][operator][epoch], SlashedAlready(epoch, operator));
        _isSlashed[subnet][operator][epoch] = true;
        return _stakes.slash(subnet, operator, SLASH_BPS);
    }

    // --- views ------------------------------------------------------------------------------------------------------

    /// @inheritdoc IEpochs
    function postedOf(uint32 subnet) external view returns (Posted memory) {
        return _posted[subnet];
    }

    /// @inheritdoc IEpochs
    function prunableOf(uint32 subnet) external view returns (uint32[] memory prunable) {
        uint256 packed = _prunable[subnet];
        uint256 count;
        while (count < MAX_PRUNABLE && uint32(packed >> 32 * count) != 0) ++count;
        prunable = new uint32[](count);
        for (uint256 i = 0; i < count; ++i) {
            prunable[i] = uint32(packed >> 32 * i);
        }
    }

    /// @inheritdoc IEpochs
    function postableAfter(uint32 subnet) public view returns (uint256) {
        return _snapshotOf(subnet, _posted[subnet].nextEpoch);
    }

    /// @inheritdoc IEpochs
    function poolsCountAfter(uint32 subnet) public view returns (uint256) {
        uint256 postedAt = _posted[subnet].postedAt;
        // A list of nobody could never let the next epoch through.
        bool isNobodyListed = postedAt == 0 || _posted[subnet].validators == NOBODY;
        return isNobodyListed ? 0 : Math.max(postedAt, postableAfter(subnet)) + quorumPatience;
    }

    /// @inheritdoc IEpochs
    function hashAttestation(EpochAttestation calldata attestation) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(ATTESTATION_TYPEHASH, attestation)));
    }

    // --- within -----------------------------------------------------------------------------------------------------

    /// @dev What was earned before a subnet was dissolved may still be posted, by those who counted then.
    function _checkTime(EpochAttestation calldata attestation, uint64 next, bool isByPermits) private view {
        require(attestation.epoch == next, EpochOutOfOrder(attestation.epoch, next));
        uint256 snapshot = _snapshotOf(attestation.subnet, next);
        require(block.number > snapshot, TooEarly(snapshot, block.number));
        bytes32 actual = blockhash(snapshot);
        bool isSame = actual == 0 || actual == attestation.snapshotBlock;
        require(isSame, SnapshotDiffers(attestation.snapshotBlock, actual));
        uint256 dissolvedAt = _subnets.subnetOf(attestation.subnet).dissolvedAt;
        if (dissolvedAt == 0) return;
        (uint256 end,) = _endOf(attestation.subnet, next);
        require(end <= dissolvedAt && isByPermits, SubnetEnded(attestation.subnet, dissolvedAt));
    }

    function _checkLists(
        EpochAttestation calldata attestation,
        Permit[] calldata validators,
        uint32[] calldata prunable
    ) private pure {
        require(validators.length <= MAX_VALIDATORS, ListTooLong(validators.length, MAX_VALIDATORS));
        require(prunable.length <= MAX_PRUNABLE, ListTooLong(prunable.length, MAX_PRUNABLE));
        _requireHash(attestation.validators, keccak256(abi.encode(validators)));
        _requireHash(attestation.prunable, keccak256(abi.encode(prunable)));
        for (uint256 i = 1; i < validators.length; ++i) {
            require(validators[i].operator > validators[i - 1].operator, ListOutOfOrder(i));
        }
        for (uint256 i = 0; i < prunable.length; ++i) {
            require(prunable[i] != 0, ListOutOfOrder(i));
        }
    }

    function _checkTotal(EpochAttestation calldata attestation, uint256 before) private view {
        uint256 total = attestation.total;
        require(total >= before, TotalFell(total, before));
        (uint256 end,) = _endOf(attestation.subnet, attestation.epoch);
        uint256 accrued = _emissions.accruedAt(attestation.subnet, end);
        require(total <= accrued, TotalAboveAccrued(total, accrued));
    }

    /// @dev Both lists ascend, so one walk finds every vote's permit, and none twice.
    function _countPermits(bytes32 listed, Permit[] calldata current, Vote[] calldata votes, bytes32 digest)
        private
        view
        returns (uint256 signed, uint256 total)
    {
        _requireHash(listed, keccak256(abi.encode(current)));
        uint256 next = 0;
        for (uint256 i = 0; i < current.length; ++i) {
            total += current[i].stake;
            if (next == votes.length || votes[next].operator != current[i].operator) continue;
            if (_isGood(votes[next], digest)) signed += current[i].stake;
            ++next;
        }
        if (next != votes.length) revert NotPermitted(votes[next].operator);
    }

    function _countPools(uint32 subnet, Vote[] calldata votes, bytes32 digest)
        private
        view
        returns (uint256 signed, uint256 total)
    {
        uint256 countAfter = poolsCountAfter(subnet);
        require(block.number > countAfter, PermitsStillCount(countAfter));
        total = _stakes.totalStake(subnet);
        for (uint256 i = 0; i < votes.length; ++i) {
            address operator = votes[i].operator;
            require(i == 0 || operator > votes[i - 1].operator, VotesOutOfOrder(operator));
            if (_isGood(votes[i], digest)) signed += _stakes.poolStake(subnet, operator);
        }
    }

    /// @dev A vote that does not count is passed over: else one validator that changes its key at the right moment could
    /// keep all the others from posting.
    function _isGood(Vote calldata vote, bytes32 digest) private view returns (bool) {
        (address key, ECDSA.RecoverError problem,) = ECDSA.tryRecover(digest, vote.r, vote.vs);
        return problem == ECDSA.RecoverError.NoError && key == _operators.activeHotKey(vote.operator);
    }

    function _pack(uint32[] calldata prunable) private pure returns (uint256 packed) {
        for (uint256 i = 0; i < prunable.length; ++i) {
            packed |= uint256(prunable[i]) << 32 * i;
        }
    }

    function _operatorOf(address key) private view returns (address operator) {
        operator = _operators.operatorByHotKey(key);
        require(operator != address(0) && _operators.activeHotKey(operator) == key, NotHotKey(key));
    }

    /// @dev The epoch's end E, the first block after it.
    function _endOf(uint32 subnet, uint64 epoch) private view returns (uint256 end, uint256 tempo) {
        ISubnets.Subnet memory it = _subnets.subnetOf(subnet);
        require(it.owner != address(0), NoSuchSubnet(subnet));
        return (it.startBlock + (uint256(epoch) + 1) * it.tempo, it.tempo);
    }

    /// @dev X, the last block that can have a word in the epoch.
    function _snapshotOf(uint32 subnet, uint64 epoch) private view returns (uint256) {
        (uint256 end, uint256 tempo) = _endOf(subnet, epoch);
        return end + 2 * tempo / 3;
    }

    function _requireWithin(uint256 from, uint256 to) private view {
        require(block.number >= from && block.number <= to, OutsideWindow(from, to, block.number));
    }

    function _requireHash(bytes32 expected, bytes32 given) private pure {
        require(expected == given, ListDiffers(expected, given));
    }

    function _requireSame(address expected, address actual) private pure {
        require(expected == actual, WrongAddress(expected, actual));
    }
}
