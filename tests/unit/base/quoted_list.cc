// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/quoted_list.h>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_CASE(names_are_quoted_and_separated)
{
  BOOST_TEST(sobolev::quoted_list({}) == "");
  BOOST_TEST(sobolev::quoted_list({"a"}) == "'a'");
  BOOST_TEST(sobolev::quoted_list({"a", "b c", ""}) == "'a', 'b c', ''");
}
