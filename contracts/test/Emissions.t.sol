// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20Capped} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Capped.sol";
import {Emissions} from "../src/Emissions.sol";
import {SoukToken} from "../src/SoukToken.sol";
import {IEmissions} from "../src/interfaces/IEmissions.sol";
import {ISoukToken} from "../src/interfaces/ISoukToken.sol";
import {Test} from "./support/Test.sol";

/*
constructor
├── when genesis and all that is emitted are above the cap .. ScheduleAboveCap (the cap itself is allowed)
├── when the cap is above 112 bits .......................... ScheduleAboveCap
├── when halvingBlocks is zero .............................. HalvingIsZero
└── otherwise: genesis is minted, the token is mintable by nobody else
scheduledAt
├── is 0 at the first block, half of all after one period, three quarters after two, all in the end
├── never falls, never is above all
└── perBlock is its slope
setPoints, stop, mint
├── when the caller is not the named one .................... NotNamed
├── given the subnet is stopped ............................. points are passed over
├── when it would mint above what was accrued ............... MintAboveAccrued
└── otherwise: written, minted
accruedAt
├── when the block is not there yet ......................... BlockInFuture
├── given nobody has points ................................. nothing is emitted, and never made up for
├── given one subnet has all points ......................... it has all that is emitted
├── given several ........................................... by points; their sum is at most what was scheduled
├── asked of a past block ................................... what it was then, however much has happened since
└── given points changed twice in a block ................... the last ones count from that block on
*/
contract EmissionsTest is Test {
    uint96 private constant PER_BLOCK = 1 ether;
    uint48 private constant HALVING = 1_000;
    uint96 private constant GENESIS = 500 ether;
    uint256 private constant MOST = 2 * uint256(PER_BLOCK) * HALVING;
    uint256 private constant FIRST = 100;
    address private constant SUBNETS = address(0x51);
    address private constant EPOCHS = address(0x52);
    address private constant HOLDER = address(0x53);

    Emissions private emissions;

    /// @dev This test stands for Stakes.
    function setUp() public {
        vm.roll(FIRST);
        emissions = _new(GENESIS + MOST, HALVING);
    }

    function _new(uint256 cap, uint48 halving) private returns (Emissions) {
        IEmissions.Schedule memory schedule = IEmissions.Schedule(cap, PER_BLOCK, halving, HOLDER, GENESIS);
        return new Emissions(schedule, SUBNETS, address(this), EPOCHS);
    }

    // --- constructor, token -----------------------------------------------------------------------------------------

    function test_MintsGenesisAndNoMore() public {
        ISoukToken token = emissions.token();
        vm.assertEq(token.balanceOf(HOLDER), GENESIS);
        vm.assertEq(token.totalSupply(), GENESIS);
        vm.assertEq(token.minter(), address(emissions));
        vm.expectRevert(abi.encodeWithSelector(ISoukToken.NotMinter.selector, address(this)));
        token.mint(HOLDER, 1);
        vm.prank(HOLDER);
        token.burn(1 ether);
        vm.assertEq(token.totalSupply(), GENESIS - 1 ether);
    }

    function test_TheTokenCountsVotesAndIsCapped() public {
        SoukToken token = SoukToken(address(emissions.token()));
        vm.prank(HOLDER);
        token.delegate(HOLDER);
        vm.assertEq(token.getVotes(HOLDER), GENESIS);
        vm.assertEq(token.cap(), GENESIS + MOST);
        vm.prank(address(emissions));
        vm.expectRevert(
            abi.encodeWithSelector(ERC20Capped.ERC20ExceededCap.selector, GENESIS + MOST + 1, GENESIS + MOST)
        );
        token.mint(HOLDER, MOST + 1);
    }

    function test_RevertWhen_TheScheduleIsAboveTheCap() public {
        uint256 cap = GENESIS + MOST - 1;
        vm.expectRevert(abi.encodeWithSelector(IEmissions.ScheduleAboveCap.selector, GENESIS + MOST, cap));
        _new(cap, HALVING);
        cap = uint256(type(uint112).max) + 1;
        vm.expectRevert(abi.encodeWithSelector(IEmissions.ScheduleAboveCap.selector, GENESIS + MOST, cap));
        _new(cap, HALVING);
        vm.expectRevert(IEmissions.HalvingIsZero.selector);
        _new(GENESIS + MOST, 0);
    }

    // --- schedule ---------------------------------------------------------------------------------------------------

    function test_HalvesEveryPeriod() public {
        vm.assertEq(emissions.scheduledAt(0), 0);
        vm.assertEq(emissions.scheduledAt(FIRST), 0);
        vm.assertEq(emissions.scheduledAt(FIRST + 10), 10 * uint256(PER_BLOCK));
        vm.assertEq(emissions.scheduledAt(FIRST + HALVING), MOST / 2);
        vm.assertEq(emissions.scheduledAt(FIRST + 2 * HALVING), MOST * 3 / 4);
        vm.assertEq(emissions.scheduledAt(FIRST + 300 * uint256(HALVING)), MOST);
        vm.assertEq(emissions.perBlock(), PER_BLOCK);
        _mine(HALVING);
        vm.assertEq(emissions.perBlock(), PER_BLOCK / 2);
    }

    function testFuzz_NeverFallsNorIsAboveAll(uint32 a, uint32 b) public view {
        (uint256 low, uint256 high) = a < b ? (a, b) : (b, a);
        vm.assertLe(emissions.scheduledAt(low), emissions.scheduledAt(high), "falls");
        vm.assertLe(emissions.scheduledAt(high), MOST, "above all");
        vm.assertLe(emissions.scheduledAt(high) - emissions.scheduledAt(low), (high - low) * PER_BLOCK, "too fast");
    }

    // --- points -----------------------------------------------------------------------------------------------------

    function test_RevertWhen_NotNamed() public {
        vm.prank(EPOCHS);
        vm.expectRevert(abi.encodeWithSelector(IEmissions.NotNamed.selector, EPOCHS, address(this)));
        emissions.setPoints(1, 1);
        vm.expectRevert(abi.encodeWithSelector(IEmissions.NotNamed.selector, address(this), SUBNETS));
        emissions.stop(1);
        vm.expectRevert(abi.encodeWithSelector(IEmissions.NotNamed.selector, address(this), EPOCHS));
        emissions.mint(1, HOLDER, 1);
    }

    function test_EmitsNothingWhileNobodyHasPoints() public {
        _mine(10);
        emissions.setPoints(1, 5);
        vm.assertEq(emissions.accruedAt(1, _block()), 0);
        _mine(10);
        vm.assertEq(emissions.accruedAt(1, _block()), 10 * uint256(PER_BLOCK));
        emissions.setPoints(1, 0);
        _mine(10);
        vm.assertEq(emissions.accruedAt(1, _block()), 10 * uint256(PER_BLOCK));
        vm.assertEq(emissions.totalPoints(), 0);
    }

    function test_SplitsByPoints() public {
        emissions.setPoints(1, 1);
        emissions.setPoints(2, 3);
        _mine(8);
        vm.assertEq(emissions.accruedAt(1, _block()), 2 * uint256(PER_BLOCK));
        vm.assertEq(emissions.accruedAt(2, _block()), 6 * uint256(PER_BLOCK));
        vm.assertEq(emissions.pointsOf(2), 3);
    }

    function test_TheLastPointsOfABlockCount() public {
        emissions.setPoints(1, 1);
        emissions.setPoints(2, 1);
        emissions.setPoints(1, 0);
        _mine(4);
        vm.assertEq(emissions.accruedAt(1, _block()), 0);
        vm.assertEq(emissions.accruedAt(2, _block()), 4 * uint256(PER_BLOCK));
    }

    function test_AStoppedSubnetAccruesNoMore() public {
        emissions.setPoints(1, 1);
        _mine(4);
        vm.prank(SUBNETS);
        emissions.stop(1);
        emissions.setPoints(1, 7);
        _mine(4);
        vm.assertEq(emissions.accruedAt(1, _block()), 4 * uint256(PER_BLOCK));
        vm.assertEq(emissions.pointsOf(1), 0);
        vm.assertTrue(emissions.isStopped(1));
    }

    function test_RevertWhen_TheBlockIsInTheFuture() public {
        vm.expectRevert(abi.encodeWithSelector(IEmissions.BlockInFuture.selector, _block() + 1, _block()));
        emissions.accruedAt(1, _block() + 1);
    }

    /// @dev Every block's accrual is noted when it is the present one, and asked again at the end.
    function testFuzz_KnowsThePast(uint256 seed) public {
        uint256[40] memory noted;
        uint256 start = _block();
        for (uint256 i = 0; i < 40; ++i) {
            for (uint32 subnet = 1; subnet <= 3; ++subnet) {
                seed = uint256(keccak256(abi.encode(seed)));
                if (seed % 4 == 0) emissions.setPoints(subnet, (seed >> 8) % 1e24);
            }
            noted[i] = _sum(_block());
            vm.assertLe(noted[i], emissions.scheduledAt(_block()), "above the schedule");
            _mine(1);
        }
        for (uint256 i = 0; i < 40; ++i) {
            vm.assertEq(_sum(start + i), noted[i], "changed afterwards");
        }
    }

    function testFuzz_SharesAreThoseOfTheStakes(uint112 a, uint112 b, uint16 blocks) public {
        (a, b) = (uint112(_bound(a, 1, 1e26)), uint112(_bound(b, 1, 1e26)));
        emissions.setPoints(1, a);
        emissions.setPoints(2, b);
        _mine(blocks);
        uint256 emitted = emissions.scheduledAt(_block());
        uint256 exact = emitted * a / (uint256(a) + b);
        uint256 accrued = emissions.accruedAt(1, _block());
        vm.assertLe(accrued, exact, "too much");
        vm.assertLe(exact - accrued, 1, "too little");
    }

    // --- mint -------------------------------------------------------------------------------------------------------

    function testFuzz_MintsWhatWasAccrued(uint96 amount) public {
        emissions.setPoints(1, 1);
        _mine(10);
        uint256 accrued = 10 * uint256(PER_BLOCK);
        vm.prank(EPOCHS);
        if (amount > accrued) {
            vm.expectRevert(abi.encodeWithSelector(IEmissions.MintAboveAccrued.selector, 1, amount, accrued));
        }
        emissions.mint(1, address(0x77), amount);
        if (amount > accrued) return;
        vm.assertEq(emissions.token().balanceOf(address(0x77)), amount);
        vm.assertEq(emissions.mintedOf(1), amount);
        vm.assertEq(emissions.minted(), amount);
    }

    function _sum(uint256 block_) private view returns (uint256) {
        return emissions.accruedAt(1, block_) + emissions.accruedAt(2, block_) + emissions.accruedAt(3, block_);
    }
}
