// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The few cheat codes of forge that these tests use. The npm forge-std is years behind forge, and all it would
/// add is this.
interface Vm {
    function warp(uint256 timestamp) external;
    function roll(uint256 number) external;
    function chainId(uint256 id) external;
    function getBlockTimestamp() external view returns (uint256);
    function getBlockNumber() external view returns (uint256);
    function setBlockhash(uint256 number, bytes32 hash) external;
    function getNonce(address account) external view returns (uint64);
    function computeCreateAddress(address deployer, uint256 nonce) external pure returns (address);
    function prank(address sender) external;
    function addr(uint256 key) external pure returns (address);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function assume(bool condition) external pure;
    function label(address account, string calldata name) external;
    function etch(address account, bytes calldata code) external;
    function expectRevert(bytes calldata data) external;
    function expectRevert(bytes4 selector) external;
    function expectEmit(address emitter) external;
    function assertEq(uint256 a, uint256 b, string calldata what) external pure;
    function assertEq(uint256 a, uint256 b) external pure;
    function assertEq(address a, address b) external pure;
    function assertEq(bytes32 a, bytes32 b) external pure;
    function assertEq(bool a, bool b) external pure;
    function assertTrue(bool condition, string calldata what) external pure;
    function assertTrue(bool condition) external pure;
    function assertLe(uint256 a, uint256 b, string calldata what) external pure;
}

/// @dev Time and block are read through the cheat code: the optimizer takes them for constant within a test.
abstract contract Test {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    bool public constant IS_TEST = true;

    function _now() internal view returns (uint40) {
        return uint40(vm.getBlockTimestamp());
    }

    function _skip(uint256 secondsOn) internal {
        vm.warp(vm.getBlockTimestamp() + secondsOn);
    }

    function _block() internal view returns (uint256) {
        return vm.getBlockNumber();
    }

    function _mine(uint256 blocks) internal {
        vm.roll(_block() + blocks);
    }

    /// @dev `x` folded into [low, high].
    function _bound(uint256 x, uint256 low, uint256 high) internal pure returns (uint256) {
        if (x >= low && x <= high) return x;
        uint256 size = high - low + 1;
        return size == 0 ? x : low + x % size;
    }
}
