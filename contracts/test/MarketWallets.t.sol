// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMarket} from "../src/interfaces/IMarket.sol";
import {Fixture} from "./support/Fixture.sol";
import {Wallet} from "./support/Wallets.sol";

/*
contract wallets (ERC-1271)
├── as tenant, agent and hot key: their signatures open, mark ready, amend and close
├── as watcher: its signature closes
├── when the wallet refuses, reverts, answers too short or floods memory .. InvalidSignature, for every signed call
├── given a wallet went bad after opening
│   ├── the operator still collects, closes and withdraws
│   └── anyone still closes what ran out
├── given the operator's wallet went bad: the tenant still closes and withdraws
├── a wallet closes by calling, with no signature
└── an ordinary account that delegates to code (EIP-7702) goes on signing with its key
*/
contract MarketWalletsTest is Fixture {
    uint256 private constant OWNER_KEY = 0xD1;
    uint256 private constant HOT_OWNER_KEY = 0xD2;

    Wallet private wallet;
    Wallet private hotWallet;

    function setUp() public override {
        super.setUp();
        wallet = new Wallet(vm.addr(OWNER_KEY));
        hotWallet = new Wallet(vm.addr(HOT_OWNER_KEY));
        vm.prank(cold);
        operators.rotateHotKey(address(hotWallet));
        tenant = address(wallet);
        _deposit(tenant, BALANCE);
    }

    function test_WalletsSignWholeLives() public {
        IMarket.LeaseRef memory ref = _openByWallets();
        market.markReady(ref, _now(), tenant, _signed(OWNER_KEY, _hashReady(ref.lease, _now())));
        _skip(3600);
        IMarket.Amendment memory amendment = _amendment(ref);
        bytes memory tenantSig = _signed(OWNER_KEY, _hash(amendment));
        market.amend(ref, amendment, tenant, tenantSig, _signed(HOT_OWNER_KEY, _hash(amendment)));
        ref.terms.revision = 1;
        _skip(3600);
        market.closeSigned(ref, _now(), tenant, _signed(OWNER_KEY, _hashClose(ref.lease, _now())));
        vm.assertEq(_balance(tenant), BALANCE - 2 * RATE);
        vm.assertEq(_balance(cold), 2 * _net(RATE));
    }

    function test_WalletsAsAgentAndWatcherSign() public {
        IMarket.Order memory order = _order();
        order.agent = order.watcher = address(hotWallet);
        IMarket.Bid memory bid = _bid(order);
        bytes memory acceptance = _signed(HOT_OWNER_KEY, _hashAcceptance(bid));
        bytes memory orderSig = _signed(OWNER_KEY, _hash(order));
        market.open(order, bid, orderSig, acceptance, _signed(HOT_OWNER_KEY, _hash(bid)));
        IMarket.LeaseRef memory ref = IMarket.LeaseRef(_hash(order), _terms(order, bid));
        market.closeSigned(ref, _now(), address(hotWallet), _signed(HOT_OWNER_KEY, _hashClose(ref.lease, _now())));
        vm.assertEq(_status(ref.lease), 2);
    }

    function testFuzz_RevertWhen_TheTenantsWalletMisbehaves(uint8 mood) public {
        IMarket.LeaseRef memory ref = _openByWallets();
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bytes memory acceptance = _signed(OWNER_KEY, _hashAcceptance(bid));
        bytes memory bidSig = _signed(HOT_OWNER_KEY, _hash(bid));
        bytes memory ready = _signed(OWNER_KEY, _hashReady(ref.lease, _now()));
        bytes memory closing = _signed(OWNER_KEY, _hashClose(ref.lease, _now()));
        wallet.setMood(Wallet.Mood(_bound(mood, 1, 4)));
        bytes memory refusal = abi.encodeWithSelector(IMarket.InvalidSignature.selector, tenant);
        vm.expectRevert(refusal);
        market.open(order, bid, "", acceptance, bidSig);
        vm.expectRevert(refusal);
        market.markReady(ref, _now(), tenant, ready);
        vm.expectRevert(refusal);
        market.closeSigned(ref, _now(), tenant, closing);
    }

    function testFuzz_ATenantsBadWalletBlocksNoExit(uint8 mood) public {
        IMarket.LeaseRef memory ref = _openByWallets();
        IMarket.LeaseRef memory other = _openByWallets();
        wallet.setMood(Wallet.Mood(_bound(mood, 1, 4)));
        _skip(START + 3600 + WINDOW);
        vm.assertEq(_collect(ref), RATE);
        _close(cold, ref, 0);
        vm.warp(market.fundedUntil(other));
        market.closeExhausted(other);
        uint256 earned = _balance(cold);
        vm.assertTrue(earned > 0);
        vm.prank(cold);
        market.withdraw(address(token), earned);
        vm.assertEq(token.balanceOf(cold), earned);
    }

    function testFuzz_AnOperatorsBadWalletBlocksNoExit(uint8 mood) public {
        IMarket.LeaseRef memory ref = _openByWallets();
        hotWallet.setMood(Wallet.Mood(_bound(mood, 1, 4)));
        wallet.execute(address(market), abi.encodeCall(IMarket.close, (ref, _now())));
        wallet.execute(address(market), abi.encodeCall(IMarket.withdraw, (address(token), BALANCE)));
        vm.assertEq(token.balanceOf(tenant), BALANCE);
    }

    function test_AHotWalletClosesByCalling() public {
        IMarket.LeaseRef memory ref = _openByWallets();
        hotWallet.execute(address(market), abi.encodeCall(IMarket.close, (ref, 0)));
        vm.assertEq(_status(ref.lease), 2);
    }

    function test_ADelegatingAccountSignsWithItsKey() public {
        tenant = vm.addr(TENANT_KEY);
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bytes memory acceptance = _signed(TENANT_KEY, _hashAcceptance(bid));
        vm.etch(tenant, address(wallet).code);
        market.open(order, bid, "", acceptance, _signed(HOT_OWNER_KEY, _hash(bid)));
        vm.assertEq(_status(_hash(order)), 1);
    }

    function _openByWallets() private returns (IMarket.LeaseRef memory) {
        IMarket.Order memory order = _order();
        IMarket.Bid memory bid = _bid(order);
        bytes memory acceptance = _signed(OWNER_KEY, _hashAcceptance(bid));
        market.open(order, bid, "", acceptance, _signed(HOT_OWNER_KEY, _hash(bid)));
        return IMarket.LeaseRef(_hash(order), _terms(order, bid));
    }
}
