// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Epochs} from "../src/Epochs.sol";
import {SubnetParams} from "../src/SubnetParams.sol";
import {IEpochs} from "../src/interfaces/IEpochs.sol";
import {ISubnets} from "../src/interfaces/ISubnets.sol";
import {SubnetFixture} from "./support/SubnetFixture.sol";

/*
constructor
└── when a contract was told another address ............... WrongAddress
commit
├── when the caller is no active hot key ................... NotHotKey
├── given no such subnet ................................... NoSuchSubnet
├── when the epoch is not the present one .................. OutsideWindow
└── otherwise: told; the last one counts
reveal
├── when it comes before the epoch's end, or a third later . OutsideWindow
├── when rows are too many or too long ..................... TooManyRows, TooManyBytes
├── when it is not what was committed, in any part ......... CommitDiffers
├── given it was revealed .................................. AlreadyRevealed
└── otherwise: told, while the next epoch's commit waits
open
├── when it comes at the beacon or before, at X or later ... OutsideWindow
├── when it is longer than 24 KiB .......................... TooManyBytes
├── given nothing was revealed ............................. NotRevealed
└── otherwise: told, and told again
*/
contract EpochsTest is SubnetFixture {
    bytes32 private constant SALT = "salt";
    bytes32 private constant LOG_ROOT = "log root";
    address private validator;
    uint32 private subnet;

    function setUp() public {
        _deploy();
        validator = _operator(1);
        subnet = _create();
    }

    function test_RevertWhen_BuiltAtAnotherAddress() public {
        address foretold = address(epochs);
        address actual = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.expectRevert(abi.encodeWithSelector(IEpochs.WrongAddress.selector, actual, foretold));
        new Epochs(PATIENCE, emissions, operators, subnets, stakes);
    }

    // --- commit -----------------------------------------------------------------------------------------------------

    function test_RevertWhen_ItMayNotCommit() public {
        vm.prank(validator);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.NotHotKey.selector, validator));
        epochs.commit(subnet, 0, "x");
        vm.expectRevert(abi.encodeWithSelector(IEpochs.NoSuchSubnet.selector, 9));
        _commit(9, 0, "x");
        uint256 start = FIRST_BLOCK + TEMPO;
        vm.expectRevert(abi.encodeWithSelector(IEpochs.OutsideWindow.selector, start, start + TEMPO - 1, FIRST_BLOCK));
        _commit(subnet, 1, "x");
        vm.roll(start);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.OutsideWindow.selector, FIRST_BLOCK, start - 1, start));
        _commit(subnet, 0, "x");
        vm.prank(validator);
        operators.unbond(1);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.NotHotKey.selector, _hot(1)));
        _commit(subnet, 1, "x");
    }

    // --- reveal -----------------------------------------------------------------------------------------------------

    function testFuzz_RevealsTheLastCommit(bytes32 salt, uint32 version, bytes32 logRoot, bytes calldata row) public {
        vm.assume(row.length <= 8 * 4096);
        bytes[] memory weights = new bytes[](1);
        weights[0] = row;
        _commit(subnet, 0, "another");
        bytes32 sealed_ = _seal(0, salt, version, logRoot, weights);
        vm.expectEmit(address(epochs));
        emit IEpochs.Committed(subnet, 0, validator, sealed_);
        _commit(subnet, 0, sealed_);
        vm.roll(_endOf(subnet, 0));
        _commit(subnet, 1, "the next one");
        vm.expectEmit(address(epochs));
        emit IEpochs.Revealed(subnet, 0, validator, version, logRoot, weights);
        vm.prank(_hot(1));
        epochs.reveal(subnet, 0, salt, version, logRoot, weights);
    }

    function test_RevertWhen_RevealedOutsideTheWindow() public {
        bytes[] memory weights = new bytes[](0);
        _commit(subnet, 0, _seal(0, SALT, 1, LOG_ROOT, weights));
        uint256 end = _endOf(subnet, 0);
        vm.roll(end - 1);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.OutsideWindow.selector, end, end + 9, end - 1));
        _reveal(0, weights);
        vm.roll(end + 10);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.OutsideWindow.selector, end, end + 9, end + 10));
        _reveal(0, weights);
        vm.roll(end + 9);
        _reveal(0, weights);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.AlreadyRevealed.selector, 0, validator));
        _reveal(0, weights);
    }

    function testFuzz_RevertWhen_AnyPartDiffers(uint8 part) public {
        bytes[] memory weights = new bytes[](1);
        bytes32 committed = _seal(0, SALT, 1, LOG_ROOT, weights);
        _commit(subnet, 0, committed);
        vm.roll(_endOf(subnet, 0));
        part = part % 4;
        bytes32 salt = part == 0 ? bytes32("other") : SALT;
        uint32 version = part == 1 ? 2 : 1;
        bytes32 logRoot = part == 2 ? bytes32("other") : LOG_ROOT;
        if (part == 3) weights[0] = hex"0000000100000001";
        vm.expectRevert(
            abi.encodeWithSelector(IEpochs.CommitDiffers.selector, committed, _seal(0, salt, version, logRoot, weights))
        );
        vm.prank(_hot(1));
        epochs.reveal(subnet, 0, salt, version, logRoot, weights);
    }

    function test_RevertWhen_RowsAreTooManyOrTooLong() public {
        uint32 wide = _createWith(_params(SubnetParams.MECHANISM_COUNT, 2));
        bytes[] memory weights = new bytes[](3);
        vm.roll(_endOf(wide, 0));
        vm.prank(_hot(1));
        vm.expectRevert(abi.encodeWithSelector(IEpochs.TooManyRows.selector, 3, 2));
        epochs.reveal(wide, 0, SALT, 1, LOG_ROOT, weights);
        weights = new bytes[](2);
        weights[1] = new bytes(8 * 4096 + 1);
        vm.prank(_hot(1));
        vm.expectRevert(abi.encodeWithSelector(IEpochs.TooManyBytes.selector, 8 * 4096 + 1, 8 * 4096));
        epochs.reveal(wide, 0, SALT, 1, LOG_ROOT, weights);
    }

    // --- open -------------------------------------------------------------------------------------------------------

    function test_OpensBetweenTheBeaconAndTheSnapshot() public {
        bytes[] memory weights = new bytes[](0);
        _commit(subnet, 0, _seal(0, SALT, 1, LOG_ROOT, weights));
        uint256 end = _endOf(subnet, 0);
        vm.roll(end);
        _reveal(0, weights);
        uint256 beacon = end + 10;
        vm.roll(beacon);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.OutsideWindow.selector, beacon + 1, beacon + 9, beacon));
        _open(0, "evidence");
        vm.roll(beacon + 1);
        _open(0, "evidence");
        vm.roll(beacon + 9);
        vm.expectEmit(address(epochs));
        emit IEpochs.Opened(subnet, 0, validator, "better evidence");
        _open(0, "better evidence");
        vm.expectRevert(abi.encodeWithSelector(IEpochs.TooManyBytes.selector, 24 * 1024 + 1, 24 * 1024));
        _open(0, new bytes(24 * 1024 + 1));
        vm.roll(beacon + 10);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.OutsideWindow.selector, beacon + 1, beacon + 9, beacon + 10));
        _open(0, "evidence");
    }

    function test_RevertWhen_OpenedWithoutReveal() public {
        _commit(subnet, 0, "x");
        vm.roll(_endOf(subnet, 0) + 11);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.NotRevealed.selector, 0, validator));
        _open(0, "evidence");
    }

    // --- words ------------------------------------------------------------------------------------------------------

    function _commit(uint32 to, uint64 epoch, bytes32 sealed_) private {
        vm.prank(_hot(1));
        epochs.commit(to, epoch, sealed_);
    }

    function _reveal(uint64 epoch, bytes[] memory weights) private {
        vm.prank(_hot(1));
        epochs.reveal(subnet, epoch, SALT, 1, LOG_ROOT, weights);
    }

    function _open(uint64 epoch, bytes memory evidence) private {
        vm.prank(_hot(1));
        epochs.open(subnet, epoch, evidence);
    }

    function _seal(uint64 epoch, bytes32 salt, uint32 version, bytes32 logRoot, bytes[] memory weights)
        private
        view
        returns (bytes32)
    {
        bytes32 weightsHash = keccak256(abi.encode(version, weights));
        return keccak256(abi.encode(subnet, epoch, validator, salt, weightsHash, logRoot));
    }
}
