// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEmissions} from "../../src/interfaces/IEmissions.sol";
import {IEpochs} from "../../src/interfaces/IEpochs.sol";
import {ISoukToken} from "../../src/interfaces/ISoukToken.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {ISubnets} from "../../src/interfaces/ISubnets.sol";
import {Test} from "../support/Test.sol";
import {SubnetsHandler} from "./SubnetsHandler.sol";

/*
Whatever people of two subnets do, in any order:
├── nothing is minted beyond the schedule: minted ≤ posted ≤ accrued, and all that is accrued ≤ scheduled
├── supply = genesis + minted − burned
├── each purse holds what people have in it, and no more: stake + unbonding; locks + collateral
├── shares of a pool are worth no more than the pool
└── everyone gets out all they have, whatever was slashed, pruned or dissolved
*/
/// forge-config: default.invariant.runs = 6
/// forge-config: default.invariant.depth = 80
contract SubnetsInvariantTest is Test {
    uint256 private constant GENESIS = 1_000_000 ether;
    SubnetsHandler private handler;
    ISoukToken private souk;
    ISubnets private subnets;
    IStakes private stakes;
    IEpochs private epochs;
    IEmissions private emissions;

    function setUp() public {
        handler = new SubnetsHandler();
        (address a, address b, address c, address d, address e) = handler.contracts();
        (souk, subnets, stakes, epochs, emissions) = (ISoukToken(a), ISubnets(b), IStakes(c), IEpochs(d), IEmissions(e));
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_NothingIsMintedBeyondTheSchedule() public {
        handler.pass(0, 0);
        uint256 accrued;
        uint256 minted;
        for (uint32 subnet = 1; subnet <= 2; ++subnet) {
            IEpochs.Posted memory posted = epochs.postedOf(subnet);
            uint256 ofSubnet = emissions.accruedAt(subnet, _block());
            vm.assertEq(posted.claimed, emissions.mintedOf(subnet), "claimed = minted");
            vm.assertLe(posted.claimed, posted.total, "claimed <= posted");
            vm.assertLe(posted.total, ofSubnet, "posted <= accrued");
            accrued += ofSubnet;
            minted += posted.claimed;
        }
        vm.assertLe(accrued, emissions.scheduledAt(_block()), "accrued <= scheduled");
        vm.assertEq(minted, handler.claimed(), "minted = claimed");
        vm.assertEq(souk.totalSupply(), GENESIS + minted - handler.burned(), "supply");
        uint256 points = stakes.totalStake(1) + stakes.totalStake(2);
        vm.assertLe(emissions.totalPoints(), points, "points");
    }

    function invariant_PursesHoldWhatIsInThem() public {
        handler.pass(0, 0);
        vm.assertEq(souk.balanceOf(address(stakes)), handler.staked(), "stakes: in - out");
        vm.assertEq(souk.balanceOf(address(stakes)), _pools(), "stakes: pools");
        vm.assertEq(souk.balanceOf(address(subnets)), handler.locked() + handler.collateral(), "subnets");
    }

    function invariant_SharesAreWorthNoMoreThanTheirPool() public view {
        for (uint32 subnet = 1; subnet <= 2; ++subnet) {
            uint256 total;
            for (uint256 i = 0; i < handler.OPERATORS(); ++i) {
                IStakes.Pool memory pool = stakes.poolOf(subnet, handler.people(i));
                (uint256 stake, uint256 unbonding) = _worth(subnet, handler.people(i));
                vm.assertLe(stake, pool.stake, "stake");
                vm.assertLe(unbonding, pool.unbonding, "unbonding");
                vm.assertLe(pool.stake, pool.shares, "a share is worth a token at most");
                total += pool.stake;
            }
            vm.assertEq(total, stakes.totalStake(subnet), "total");
        }
    }

    /// @dev Runs on a copy of the state. What stays is less than a token's smallest unit for each share that was rounded.
    function invariant_EveryoneGetsOut() public {
        handler.pass(0, 0);
        for (uint32 subnet = 1; subnet <= 2; ++subnet) {
            for (uint256 i = 0; i < handler.OPERATORS(); ++i) {
                for (uint256 j = 0; j < handler.PEOPLE(); ++j) {
                    _leave(subnet, handler.people(i), handler.people(j));
                }
                _giveUpSlot(subnet, handler.people(i));
            }
            _skip(7 days);
            for (uint32 id = 1; id <= handler.registrations(subnet); ++id) {
                if (subnets.registrationOf(subnet, id).collateral != 0) subnets.withdrawCollateral(subnet, id);
            }
        }
        vm.assertEq(souk.balanceOf(address(subnets)), handler.locked(), "collateral");
        vm.assertLe(souk.balanceOf(address(stakes)), 200, "stake");
    }

    function _leave(uint32 subnet, address operator, address account) private {
        _finish(subnet, operator, account);
        uint256 has = stakes.stakeOf(subnet, operator, account);
        if (has == 0) return;
        vm.prank(account);
        stakes.unstake(subnet, operator, uint128(has));
        _finish(subnet, operator, account);
    }

    function _finish(uint32 subnet, address operator, address account) private {
        if (stakes.unbondingOf(subnet, operator, account).length == 0) return;
        _skip(7 days);
        vm.prank(account);
        stakes.finishUnstake(subnet, operator);
    }

    function _giveUpSlot(uint32 subnet, address operator) private {
        uint32 registration = subnets.registrationOfOperator(subnet, operator);
        if (registration == 0) return;
        vm.prank(operator);
        subnets.deregister(subnet, registration);
    }

    function _pools() private view returns (uint256 sum) {
        for (uint32 subnet = 1; subnet <= 2; ++subnet) {
            for (uint256 i = 0; i < handler.OPERATORS(); ++i) {
                IStakes.Pool memory pool = stakes.poolOf(subnet, handler.people(i));
                sum += pool.stake + pool.unbonding;
            }
        }
    }

    function _worth(uint32 subnet, address operator) private view returns (uint256 stake, uint256 unbonding) {
        for (uint256 j = 0; j < handler.PEOPLE(); ++j) {
            address account = handler.people(j);
            stake += stakes.stakeOf(subnet, operator, account);
            IStakes.Pending[] memory pending = stakes.unbondingOf(subnet, operator, account);
            for (uint256 k = 0; k < pending.length; ++k) {
                unbonding += pending[k].amount;
            }
        }
    }
}
