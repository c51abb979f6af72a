// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title FeeSink: where protocol fees, clawed-back pay and slashed bonds end
/// @notice Only holds. Nobody can take anything out, so nobody gains by a fee, a clawback or a slash.
contract FeeSink {}
