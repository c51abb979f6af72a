// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Epochs: what validators hand in, what the epochs come to, who is paid
/// @notice Consensus is computed off chain from events (docs/decisions/0006-epochs-on-chain.md); this contract holds the
/// windows, checks that two thirds of the stake agree on the outcome, and pays claims against its Merkle root. It can pay
/// no more than what was emitted to the subnet. There is no owner.
/// Of epoch e, which ends at E = start + (e + 1) × tempo: commits in its own blocks; reveals in [E, E + tempo/3); the hash
/// of block E + tempo/3 is the beacon; openings in (E + tempo/3, X); posted after block X = E + 2 × tempo/3.
interface IEpochs {
    /// @notice What a permit holder says an epoch comes to. Signed by EIP-712 in the domain of this contract.
    /// @param engine Version of the engine that computed it
    /// @param snapshotBlock Hash of block X
    /// @param total All that was ever assigned in this subnet, this epoch included
    /// @param validators keccak256 of the next permit list, as it is posted
    /// @param prunable keccak256 of the list of prunable registrations, as it is posted
    struct EpochAttestation {
        uint32 subnet;
        uint64 epoch;
        uint32 engine;
        bytes32 snapshotBlock;
        bytes32 inputs;
        bytes32 outputs;
        bytes32 rewardRoot;
        uint128 total;
        bytes32 validators;
        bytes32 prunable;
    }

    struct Permit {
        address operator;
        uint256 stake;
    }

    /// @notice A signature of an operator's hot key, in the short form of ERC-2098.
    struct Vote {
        address operator;
        bytes32 r;
        bytes32 vs;
    }

    /// @param nextEpoch The epoch that is posted next
    /// @param postedAt Block of the last post; 0 before the first
    /// @param validators Hash of the permit list that weighs the next attestation
    struct Posted {
        uint64 nextEpoch;
        uint128 total;
        uint48 postedAt;
        uint128 claimed;
        bytes32 rewardRoot;
        bytes32 validators;
    }

    event Committed(uint32 indexed subnet, uint64 indexed epoch, address indexed operator, bytes32 commit);
    event Revealed(
        uint32 indexed subnet,
        uint64 indexed epoch,
        address indexed operator,
        uint32 version,
        bytes32 logRoot,
        bytes[] weights
    );
    event Opened(uint32 indexed subnet, uint64 indexed epoch, address indexed operator, bytes evidence);
    event EpochPosted(
        uint32 indexed subnet,
        uint64 indexed epoch,
        EpochAttestation attestation,
        Permit[] validators,
        uint32[] prunable
    );
    event Claimed(uint32 indexed subnet, address indexed account, uint256 amount);

    error WrongAddress(address expected, address actual);
    error NoSuchSubnet(uint32 subnet);
    error NotHotKey(address caller);
    error OutsideWindow(uint256 from, uint256 to, uint256 current);
    error CommitDiffers(bytes32 committed, bytes32 revealed);
    error AlreadyRevealed(uint64 epoch, address operator);
    error NotRevealed(uint64 epoch, address operator);
    error TooManyRows(uint256 count, uint256 maximum);
    error TooManyBytes(uint256 length, uint256 maximum);
    error EpochOutOfOrder(uint64 epoch, uint64 next);
    error TooEarly(uint256 postableAfter, uint256 current);
    error SubnetEnded(uint32 subnet, uint256 dissolvedAt);
    error SnapshotDiffers(bytes32 attested, bytes32 actual);
    error ListDiffers(bytes32 expected, bytes32 given);
    error ListTooLong(uint256 length, uint256 maximum);
    error ListOutOfOrder(uint256 index);
    error VotesOutOfOrder(address operator);
    error NotPermitted(address operator);
    error QuorumTooSmall(uint256 signed, uint256 total);
    error PermitsStillCount(uint256 untilBlock);
    error TotalFell(uint256 total, uint256 before);
    error TotalAboveAccrued(uint256 total, uint256 accrued);
    error NotInTree(address account, uint256 cumulative);
    error NothingToClaim(address account, uint256 cumulative, uint256 claimed);
    error ClaimsAboveTotal(uint256 claimed, uint256 total);
    error NoConflict();
    error NotAKeyOf(address operator, address key);
    error EvidenceTooOld(uint64 epoch, uint64 oldest);
    error SlashedAlready(uint64 epoch, address operator);

    // --- validators, by their hot key -------------------------------------------------------------------------------

    /// @param sealed_ keccak256(abi.encode(subnet, epoch, operator, salt, weightsHash, logRoot)), where weightsHash is
    /// keccak256(abi.encode(uint32 version, bytes[] weights)). The last one in the epoch counts.
    function commit(uint32 subnet, uint64 epoch, bytes32 sealed_) external;

    /// @param weights A row a mechanism, 8 bytes a weight; the form of the rows is not checked here
    function reveal(
        uint32 subnet,
        uint64 epoch,
        bytes32 salt,
        uint32 version,
        bytes32 logRoot,
        bytes[] calldata weights
    ) external;

    /// @notice Show the entries of the score log that the beacon has drawn, up to 24 KiB. The last one in the window counts.
    function open(uint32 subnet, uint64 epoch, bytes calldata evidence) external;

    // --- anyone -----------------------------------------------------------------------------------------------------

    /// @notice Post an epoch, in order, with votes of two thirds of the stake.
    /// @param current The permit list posted last, whose stake is counted. Empty: the pools as they stand on chain are
    /// counted instead, which is how the first epoch is posted, and one that is late by more than `quorumPatience` blocks
    /// @param votes Ascending by operator; one that is not by the operator's hot key counts for nothing
    /// @param validators The next permit list, ascending by operator, at most 64
    /// @param prunable Registrations that newcomers replace from now on, first to go first, at most 8
    function postEpoch(
        EpochAttestation calldata attestation,
        Permit[] calldata current,
        Vote[] calldata votes,
        Permit[] calldata validators,
        uint32[] calldata prunable
    ) external;

    /// @notice Pay `account` all that the last posted root gives it and that it has not had.
    function claim(uint32 subnet, address account, uint256 cumulative, bytes32[] calldata proof)
        external
        returns (uint256 amount);

    /// @notice Burn a tenth of an operator's pool, for signing two different outcomes of one epoch computed by the same
    /// engine from the same block, with a key that was its hot key when the epoch could be posted. The last two posted
    /// epochs and all that are due, once each.
    function slash(
        address operator,
        EpochAttestation calldata a,
        bytes calldata signatureA,
        EpochAttestation calldata b,
        bytes calldata signatureB
    ) external returns (uint256 taken);

    // --- views ------------------------------------------------------------------------------------------------------

    function postedOf(uint32 subnet) external view returns (Posted memory);

    function prunableOf(uint32 subnet) external view returns (uint32[] memory);

    /// @notice The next epoch can be posted after this block.
    function postableAfter(uint32 subnet) external view returns (uint256 block_);

    /// @notice The pools are counted, in place of the posted permits, after this block; 0: now, for nobody is listed.
    function poolsCountAfter(uint32 subnet) external view returns (uint256 block_);

    function claimedOf(uint32 subnet, address account) external view returns (uint256);

    function hashAttestation(EpochAttestation calldata attestation) external view returns (bytes32 digest);

    function quorumPatience() external view returns (uint48);
}
