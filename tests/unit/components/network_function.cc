// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// A network as dealii::Function, and in files.

#include <sobolev/base/exceptions.h>
#include <sobolev/components/network_function.h>
#include <sobolev/network/corner_function.h>
#include <sobolev/network/distance_function.h>
#include <sobolev/network/formula_function.h>
#include <sobolev/network/frozen_output.h>

#include <deal.II/base/hdf5.h>

#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/vector.h>

#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <hdf5.h>
#include <limits>
#include <memory>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "derivative_checks.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  namespace fs = std::filesystem;

  using Dimensions = boost::mpl::list<std::integral_constant<int, 1>,
                                      std::integral_constant<int, 2>,
                                      std::integral_constant<int, 3>>;



  template <int dim>
  NetworkFunction<dim>
  make_function(const unsigned int n_outputs      = 2,
                const unsigned int n_extra_inputs = 0,
                const bool         has_time       = false)
  {
    const Network network(
      make_architecture(dim + n_extra_inputs, {7, 5}, n_outputs, "tanh"));
    return NetworkFunction<dim>(
      network, network.initial_parameters(3), has_time);
  }



  template <int dim>
  std::vector<dealii::Point<dim>>
  points(const unsigned int n)
  {
    std::vector<dealii::Point<dim>> result(n);
    for (unsigned int i = 0; i < n; ++i)
      for (unsigned int d = 0; d < dim; ++d)
        result[i][d] = pseudo_random(40 + d, i);
    return result;
  }



  Vector
  values(const dealii::Function<2>           &function,
         const std::vector<dealii::Point<2>> &at)
  {
    Vector result(at.size());
    function.value_list(at, result);
    return result;
  }



  // A folder of this process, removed with the object.
  struct ScratchFolder
  {
    ScratchFolder()
      : path(fs::temp_directory_path() /
             ("sobolev surrogate " + std::to_string(getpid())))
    {
      fs::create_directories(path);
    }

    ~ScratchFolder()
    {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }

    std::string
    file(const std::string &name) const
    {
      return path / name;
    }

    const fs::path path;
  };



  // A network for four inputs, with another one within it.
  std::shared_ptr<const FrozenNetwork>
  nested_network()
  {
    const Network inner(make_architecture(4, {3}, 1, "tanh"));
    auto          architecture = make_architecture(4, {5, 4}, 2, "silu");
    architecture.offsets       = {
      nullptr,
      std::make_shared<FrozenOutput>(
        std::make_shared<FrozenNetwork>(inner, inner.initial_parameters(7)),
        0)};
    const Network network(architecture);
    return std::make_shared<FrozenNetwork>(network,
                                           network.initial_parameters(8));
  }



  // Everything that a file can contain.
  NetworkFunction<2>
  rich_function()
  {
    auto architecture = make_architecture(4, {6, 9, 9}, 2, "sin");
    for (const auto part :
         {CornerFunction::Part::sine, CornerFunction::Part::cosine})
      architecture.features.push_back(
        std::make_shared<CornerFunction>(part, 0.1, 0.2, -0.3, 4.));
    const std::vector<std::string> names{"x", "y", "t", "nu"};
    const auto formula = std::make_shared<FormulaFunction>("x*y + t", names);
    architecture.features.push_back(formula);
    const auto nested = nested_network();
    for (const unsigned int output : {1, 0})
      architecture.features.push_back(
        std::make_shared<FrozenOutput>(nested, output));
    architecture.omitted_inputs     = {3, 1};
    architecture.waves              = {{1., 0., 2., 0.}, {0., 0.1, 0., 3.}};
    architecture.slopes.kind        = Architecture::Slopes::Kind::neuron;
    architecture.slopes.scale       = 2.;
    architecture.slopes.first       = 3.;
    architecture.slopes.other       = 1.5;
    architecture.skip_connections   = true;
    architecture.factorized_weights = true;
    architecture.offsets = {std::make_shared<FrozenOutput>(nested_network(), 1),
                            formula};
    architecture.factors = {
      std::make_shared<DistanceFunction>(
        2, std::vector<FlatFace>{{{1., 0.}, {{-2., 0.}}, false}}),
      nullptr};
    const Network network(architecture);
    return NetworkFunction<2>(
      network,
      network.initial_parameters(9),
      true,
      {{"case", "a = 1\nb = \"2\""}, {"author", "Jörg"}});
  }



  using Functions = std::vector<std::shared_ptr<const InputFunction>>;

  void
  check_equal_functions(const Functions &one, const Functions &two)
  {
    BOOST_REQUIRE(one.size() == two.size());
    for (unsigned int i = 0; i < one.size(); ++i)
      {
        BOOST_REQUIRE(!one[i] == !two[i]);
        if (!one[i])
          continue;
        BOOST_TEST(one[i]->name() == two[i]->name());
        BOOST_TEST(one[i]->text() == two[i]->text());
        BOOST_TEST((one[i]->parameters() == two[i]->parameters()));
        const auto frozen = [](const InputFunction &function) {
          return dynamic_cast<const FrozenOutput &>(function).frozen_network();
        };
        if (one[i]->name() == "network output")
          {
            const auto a = frozen(*one[i]), b = frozen(*two[i]);
            BOOST_TEST((a->theta() == b->theta()));
            check_equal_functions(a->network().architecture().offsets,
                                  b->network().architecture().offsets);
          }
      }
  }



  // Check that loading fails with one sentence with the file's name and text.
  template <int dim = 2>
  void
  check_refused(const std::string &file_name, const std::string &text)
  {
    BOOST_CHECK_EXCEPTION(NetworkFunction<dim>::load(file_name),
                          InputError,
                          [&](const InputError &error) {
                            const std::string what = error.what();
                            BOOST_TEST(what.find(text) != what.npos, what);
                            return what.find(file_name) != what.npos &&
                                   what.back() == '.' &&
                                   what.find('\n') == what.npos;
                          });
  }



  using File = dealii::HDF5::File;

  // Write a good file, change it, and check that it is refused.
  void
  check_refused_after(const std::function<void(File &, hid_t)> &change,
                      const std::string                        &text)
  {
    const ScratchFolder folder;
    const std::string   name = folder.file("changed.h5");
    rich_function().save(name);
    {
      const hid_t id = H5Fopen(name.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
      {
        File file(name, File::FileAccessMode::open);
        change(file, id);
      }
      H5Fclose(id);
    }
    check_refused(name, text);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(network_function)

BOOST_AUTO_TEST_CASE_TEMPLATE(lists_and_single_points_agree,
                              Dimension,
                              Dimensions)
{
  constexpr int dim      = Dimension::value;
  const auto    function = make_function<dim>();
  for (const unsigned int n : {1u, 7u, 9u, 300u})
    for (unsigned int component = 0; component < 2; ++component)
      {
        const auto                                   at = points<dim>(n);
        std::vector<double>                          values(n), laplacians(n);
        std::vector<dealii::Tensor<1, dim>>          gradients(n);
        std::vector<dealii::SymmetricTensor<2, dim>> hessians(n);
        std::vector<dealii::Vector<double>> all(n, dealii::Vector<double>(2));
        std::vector<std::vector<dealii::Tensor<1, dim>>> all_gradients(
          n, std::vector<dealii::Tensor<1, dim>>(2));

        function.value_list(at, values, component);
        function.laplacian_list(at, laplacians, component);
        function.gradient_list(at, gradients, component);
        function.hessian_list(at, hessians, component);
        function.vector_value_list(at, all);
        function.vector_gradient_list(at, all_gradients);

        for (unsigned int i = 0; i < n; ++i)
          {
            dealii::Vector<double> value(2);
            function.vector_value(at[i], value);
            BOOST_TEST(std::abs(function.value(at[i], component) - values[i]) <
                       1e-14);
            BOOST_TEST(std::abs(value[component] - values[i]) < 1e-14);
            BOOST_TEST(all[i][component] == values[i]);
            BOOST_TEST(std::abs(function.laplacian(at[i], component) -
                                laplacians[i]) < 1e-13);
            BOOST_TEST(
              (function.gradient(at[i], component) - gradients[i]).norm() <
              1e-13);
            BOOST_TEST((all_gradients[i][component] - gradients[i]).norm() ==
                       0.);
            BOOST_TEST(
              (function.hessian(at[i], component) - hessians[i]).norm() <
              1e-13);
            BOOST_TEST(std::abs(trace(hessians[i]) - laplacians[i]) < 1e-13);
          }
      }
}



BOOST_AUTO_TEST_CASE_TEMPLATE(derivatives_match_differences,
                              Dimension,
                              Dimensions)
{
  constexpr int    dim      = Dimension::value;
  constexpr double h        = 1e-3;
  const auto       function = make_function<dim>();
  for (const auto &x : points<dim>(5))
    {
      const auto gradient = function.gradient(x, 1);
      const auto hessian  = function.hessian(x, 1);
      for (unsigned int d = 0; d < dim; ++d)
        {
          dealii::Tensor<1, dim> e;
          e[d] = h;
          BOOST_TEST(
            std::abs(
              (8. * (function.value(x + e, 1) - function.value(x - e, 1)) -
               function.value(x + 2. * e, 1) + function.value(x - 2. * e, 1)) /
                (12. * h) -
              gradient[d]) < 1e-8);

          const auto slope =
            (8. * (function.gradient(x + e, 1) - function.gradient(x - e, 1)) -
             function.gradient(x + 2. * e, 1) +
             function.gradient(x - 2. * e, 1)) /
            (12. * h);
          BOOST_TEST((slope - dealii::Tensor<2, dim>(hessian)[d]).norm() <
                     1e-8);
        }
    }
}



BOOST_AUTO_TEST_CASE(an_empty_list_is_fine)
{
  std::vector<double> values;
  make_function<2>().value_list({}, values);
  BOOST_TEST(values.empty());
}



BOOST_AUTO_TEST_CASE(several_threads_get_the_same_bits)
{
  const auto function = make_function<2>();
  const auto at       = points<2>(100);

  Vector              expected(100), laplacians(100);
  std::vector<double> single;
  function.value_list(at, expected);
  function.laplacian_list(at, laplacians);
  for (const auto &x : at)
    single.push_back(function.value(x));

  std::atomic<unsigned int> n_different(0);
  const auto                work = [&]() {
    for (unsigned int repetition = 0; repetition < 20; ++repetition)
      {
        Vector values(100), second(100);
        function.value_list(at, values);
        function.laplacian_list(at, second);
        n_different += values != expected || second != laplacians;
        for (unsigned int i = 0; i < 100; ++i)
          n_different += function.value(at[i]) != single[i];
      }
  };
  std::vector<std::thread> threads;
  for (unsigned int t = 0; t < 4; ++t)
    threads.emplace_back(work);
  for (auto &thread : threads)
    thread.join();

  BOOST_TEST(n_different == 0u);
}



BOOST_AUTO_TEST_CASE(time_and_parameters_are_inputs_of_the_network)
{
  // Two coordinates, time, one parameter: the same network as a function of
  // four coordinates, written down independently.
  auto       function = make_function<2>(2, 2, true);
  const auto network  = function.network().architecture();
  const auto expected =
    [&](const dealii::Point<2> &x, const double time, const double parameter) {
      return reference_network::evaluate<
        reference_network::ForwardMode<double, 2, 1>>(
        network,
        JetSpecification::value(),
        function.theta(),
        {x[0], x[1], time, parameter})[1][0];
    };
  const dealii::Point<2> x(0.3, -0.4);

  BOOST_TEST(function.has_time());
  BOOST_TEST(std::abs(function.value(x, 1) - expected(x, 0., 0.)) < 1e-13);
  function.set_time(0.7);
  BOOST_TEST(std::abs(function.value(x, 1) - expected(x, 0.7, 0.)) < 1e-13);
  function.set_parameters({-0.6});
  BOOST_TEST(std::abs(function.value(x, 1) - expected(x, 0.7, -0.6)) < 1e-13);
  function.set_time(0.1);
  BOOST_TEST(std::abs(function.value(x, 1) - expected(x, 0.1, -0.6)) < 1e-13);

  BOOST_CHECK_THROW(function.set_parameters({}), InputError);
  BOOST_CHECK_THROW(function.set_parameters({1., 2.}), InputError);
}



BOOST_AUTO_TEST_CASE(numbers_that_do_not_fit_are_input_errors)
{
  const Network network(make_architecture(2, {3}, 1, "tanh"));
  const auto    theta = network.initial_parameters(1);

  BOOST_CHECK_THROW(NetworkFunction<3>(network, theta), InputError);
  BOOST_CHECK_THROW(NetworkFunction<2>(network, theta, true), InputError);
  BOOST_CHECK_THROW(NetworkFunction<2>(network, {1., 2.}), InputError);
}



BOOST_AUTO_TEST_CASE(a_saved_surrogate_is_loaded_with_the_same_bits)
{
  const ScratchFolder folder;
  auto                function = rich_function();
  function.save(folder.file("a.h5"));

  const auto copy = NetworkFunction<2>::load(folder.file("a.h5"));

  function.set_time(0.3);
  copy->set_time(0.3);
  function.set_parameters({0.2});
  copy->set_parameters({0.2});
  BOOST_TEST((copy->theta() == function.theta()));
  BOOST_TEST(copy->has_time());
  BOOST_TEST((copy->provenance() == function.provenance()));
  const auto &a = function.network().architecture();
  const auto &b = copy->network().architecture();
  BOOST_TEST(a.activation == b.activation);
  BOOST_TEST((a.lower == b.lower && a.upper == b.upper));
  BOOST_TEST((a.hidden_widths == b.hidden_widths));
  BOOST_TEST((a.output_scale == b.output_scale));
  BOOST_TEST((a.output_shift == b.output_shift));
  BOOST_TEST((a.omitted_inputs == b.omitted_inputs));
  BOOST_TEST((a.waves == b.waves));
  BOOST_TEST((a.slopes.kind == b.slopes.kind));
  BOOST_TEST(a.slopes.scale == b.slopes.scale);
  BOOST_TEST(a.slopes.first == b.slopes.first);
  BOOST_TEST(a.slopes.other == b.slopes.other);
  BOOST_TEST((a.normalization == b.normalization));
  BOOST_TEST(a.skip_connections == b.skip_connections);
  BOOST_TEST(a.factorized_weights == b.factorized_weights);
  check_equal_functions(a.features, b.features);
  check_equal_functions(a.offsets, b.offsets);
  check_equal_functions(a.factors, b.factors);
  // A network that two functions share is there once.
  const auto shared = [&](const unsigned int i) {
    return dynamic_cast<const FrozenOutput &>(*b.features[i]).frozen_network();
  };
  BOOST_TEST((shared(3) == shared(4)));
  const auto at = points<2>(50);
  BOOST_TEST((values(function, at) == values(*copy, at)));
}



BOOST_AUTO_TEST_CASE(coefficients_are_saved)
{
  const ScratchFolder folder;
  auto                architecture = make_architecture(2, {7, 5}, 2, "tanh");
  add_coefficients(architecture);
  const Network            network(architecture);
  const auto               theta = network.initial_parameters(3);
  const NetworkFunction<2> function(network, theta);
  BOOST_TEST(function.n_components == 10u);

  function.save(folder.file("a.h5"));

  const auto copy = NetworkFunction<2>::load(folder.file("a.h5"));
  BOOST_TEST((copy->theta() == theta));
  const auto &loaded = copy->network().architecture().coefficients;
  BOOST_TEST(loaded.size() == 8u);
  for (unsigned int k = 0; k < loaded.size(); ++k)
    {
      const auto &saved = architecture.coefficients[k];
      BOOST_TEST((loaded[k].map.kind == saved.map.kind));
      BOOST_TEST(loaded[k].map.offset == saved.map.offset);
      BOOST_TEST(loaded[k].map.factor == saved.map.factor);
      BOOST_TEST((loaded[k].field != nullptr) == (saved.field != nullptr));
    }
  for (const auto &x : points<2>(5))
    for (unsigned int c = 0; c < 10; ++c)
      {
        BOOST_TEST(copy->value(x, c) == function.value(x, c));
        BOOST_TEST((copy->gradient(x, c) == function.gradient(x, c)));
      }
  // A number does not depend on the place.
  BOOST_TEST(function.gradient({0.1, 0.2}, 2).norm() == 0.);
  BOOST_TEST(std::abs(function.value({0.1, 0.2}, 2) -
                      architecture.coefficients[0].initial) < 1e-14);
}



BOOST_AUTO_TEST_CASE_TEMPLATE(any_dimension_is_saved, Dimension, Dimensions)
{
  constexpr int       dim = Dimension::value;
  const ScratchFolder folder;
  const auto          function = make_function<dim>();

  function.save(folder.file("a.h5"));

  const auto copy = NetworkFunction<dim>::load(folder.file("a.h5"));
  for (const auto &x : points<dim>(5))
    BOOST_TEST(copy->value(x, 1) == function.value(x, 1));
  BOOST_TEST(std::distance(fs::directory_iterator(folder.path), {}) == 1);
}



BOOST_AUTO_TEST_CASE(a_write_protected_file_can_be_loaded_twice_at_once)
{
  const ScratchFolder folder;
  const std::string   name = folder.file("a.h5");
  rich_function().save(name);
  fs::permissions(name, fs::perms::owner_read);
  const hid_t reader = H5Fopen(name.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);

  BOOST_CHECK_NO_THROW(NetworkFunction<2>::load(name));

  H5Fclose(reader);
}



BOOST_AUTO_TEST_CASE(saving_replaces_a_file_and_names_one_that_it_cannot_write)
{
  const ScratchFolder folder;
  const std::string   name = folder.file("a.h5");
  std::ofstream(name) << "something else";
  rich_function().save(name);
  BOOST_CHECK_NO_THROW(NetworkFunction<2>::load(name));

  const std::string missing = folder.file("no such folder/a.h5");
  BOOST_CHECK_EXCEPTION(
    rich_function().save(missing), InputError, [&](const InputError &error) {
      const std::string what = error.what();
      return what.find(missing) != what.npos;
    });
}



BOOST_AUTO_TEST_CASE(parameters_that_are_not_finite_are_not_saved)
{
  const ScratchFolder folder;
  const Network       network(make_architecture(2, {3}, 1, "tanh"));
  auto                theta = network.initial_parameters(1);
  theta[4]                  = std::numeric_limits<double>::infinity();

  BOOST_CHECK_THROW(
    NetworkFunction<2>(network, theta).save(folder.file("a.h5")), InputError);
  BOOST_TEST(fs::is_empty(folder.path));
}



BOOST_AUTO_TEST_CASE(files_that_are_no_surrogates_are_refused_in_one_sentence)
{
  const ScratchFolder folder;
  check_refused(folder.file("missing.h5"), "does not exist");
  check_refused(folder.path.string(), "is a folder");

  std::ofstream(folder.file("text.h5")) << "not HDF5\n";
  check_refused(folder.file("text.h5"), "no HDF5 file");
  std::ofstream(folder.file("empty.h5")).close();
  check_refused(folder.file("empty.h5"), "no HDF5 file");

  {
    File file(folder.file("other.h5"), File::FileAccessMode::create);
    file.write_dataset("numbers", std::vector<double>{1., 2.});
  }
  check_refused(folder.file("other.h5"), "no surrogate");

  // Half a file.
  rich_function().save(folder.file("half.h5"));
  fs::resize_file(folder.file("half.h5"),
                  fs::file_size(folder.file("half.h5")) / 2);
  check_refused(folder.file("half.h5"), "damaged");
}



BOOST_AUTO_TEST_CASE(a_surrogate_of_another_dimension_is_refused)
{
  const ScratchFolder folder;
  rich_function().save(folder.file("a.h5"));

  check_refused<1>(folder.file("a.h5"), "for 2 space dimensions, not for 1");
  check_refused<3>(folder.file("a.h5"), "for 2 space dimensions, not for 3");
}



BOOST_AUTO_TEST_CASE(contents_that_do_not_fit_are_refused_in_one_sentence)
{
  const auto replace = [](const std::string &name, const auto &value) {
    return [=](File &file, const hid_t id) {
      H5Adelete(id, name.c_str());
      file.set_attribute(name, value);
    };
  };
  check_refused_after(replace("format", std::string("another program")),
                      "no surrogate");
  check_refused_after(replace("format", 7), "not a string");
  check_refused_after(replace("format_version", 5), "version 5");
  check_refused_after(replace("dimension", std::string("two")),
                      "'dimension' is not an integer");
  check_refused_after(replace("activation", std::string("tangens")),
                      "no activation 'tangens'; known are");
  check_refused_after(replace("slopes", std::string("steep")),
                      "'slopes' is 'steep'; known are fixed, layer, neuron");
  check_refused_after(replace("normalization", std::string("some")),
                      "'normalization' is 'some'; known are none, layer");
  check_refused_after(replace("slope_scale", -1.), "slope scale -1");
  check_refused_after(replace("first_slope", std::string("2")),
                      "'first_slope' is not a number");
  check_refused_after(
    [](File &, const hid_t id) {
      H5Adelete(id, "has_time");
    },
    "'has_time' is missing");
}



BOOST_AUTO_TEST_CASE(numbers_that_do_not_fit_are_refused_in_one_sentence)
{
  const auto replace = [](const std::string &name, const auto &values) {
    return [=](File &file, const hid_t id) {
      H5Ldelete(id, name.c_str(), H5P_DEFAULT);
      file.write_dataset(name, values);
    };
  };
  auto theta = rich_function().theta();
  theta.pop_back();
  check_refused_after(replace("theta", theta), "parameters are given");
  theta.push_back(std::numeric_limits<double>::quiet_NaN());
  check_refused_after(replace("theta", theta), "not a finite number");
  check_refused_after(replace("upper", Vector{1., 2., 3., -9.}), "input 3");
  check_refused_after(replace("lower", Vector{1., 2.}), "2 lower and 4 upper");
  check_refused_after(replace("hidden_widths", std::vector<int>{6, -1, 3}),
                      "width -1");
  check_refused_after(replace("output_scale", Vector{}), "output scales");
  check_refused_after(replace("waves", Vector{1., 2., 3.}),
                      "'waves' has 3 numbers");
  check_refused_after(replace("omitted_inputs", std::vector<int>{4}),
                      "omitted input 4");
  check_refused_after(replace("theta", dealii::FullMatrix<double>(3, 3)),
                      "not a list");
  for (const std::string name : {"theta",
                                 "waves",
                                 "networks",
                                 "features",
                                 "offsets",
                                 "factors",
                                 "provenance"})
    check_refused_after(
      [&](File &, const hid_t id) {
        H5Ldelete(id, name.c_str(), H5P_DEFAULT);
      },
      "'" + name + "' is missing");
}



BOOST_AUTO_TEST_CASE(networks_within_it_that_do_not_fit_are_refused)
{
  const auto replace = [](const std::string &folder,
                          const std::string &name,
                          const Vector      &values) {
    return [=](File &file, const hid_t id) {
      const std::string path = folder + "/" + name;
      H5Ldelete(id, path.c_str(), H5P_DEFAULT);
      file.write_dataset(path, values);
    };
  };
  check_refused_after(replace("features/3", "parameters", {2., 0.}),
                      "refers to the network 2, but there are 2");
  check_refused_after(replace("features/3", "parameters", {0., 2.}),
                      "refers to the output 2, but there are 2");
  check_refused_after(replace("features/3", "parameters", {0., 0.5}),
                      "refers to the output 0.5");
  check_refused_after(replace("features/3", "parameters", {-1., 0.}),
                      "refers to the network -1");
  check_refused_after(replace("features/3", "parameters", {0.}),
                      "has 1 parameters; it needs");
  check_refused_after(replace("networks/0", "theta", {1., 2.}),
                      "2 parameters are given, but it has 59");
  check_refused_after(replace("networks/0/networks/0", "output_scale", {}),
                      "output scales");
  check_refused_after(replace("networks/1", "lower", {1., 2.}),
                      "2 lower and 4 upper");
  auto theta = nested_network()->theta();
  theta[1]   = std::numeric_limits<double>::infinity();
  check_refused_after(replace("networks/1", "theta", theta),
                      "not a finite number");
  check_refused_after(
    [](File &, const hid_t id) {
      H5Ldelete(id, "networks/0", H5P_DEFAULT);
    },
    "'0' is missing");

  // A plane within four inputs, and a circle.
  const ScratchFolder folder;
  const std::string   plane = folder.file("plane.h5");
  make_function<2>().save(plane);
  check_refused_after(
    [&](File &, const hid_t id) {
      H5Ldelete(id, "networks/1", H5P_DEFAULT);
      const hid_t other = H5Fopen(plane.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
      H5Ocopy(other, "/", id, "networks/1", H5P_DEFAULT, H5P_DEFAULT);
      H5Fclose(other);
    },
    "a network within the network has 2 inputs, not 4");
  check_refused_after(
    [](File &, const hid_t id) {
      H5Ldelete(id, "networks/1", H5P_DEFAULT);
      H5Lcreate_hard(id, "/", id, "networks/1", H5P_DEFAULT, H5P_DEFAULT);
    },
    "more than 16 networks within each other");
}



BOOST_AUTO_TEST_CASE(files_of_version_3_are_read)
{
  const ScratchFolder folder;
  const std::string   name     = folder.file("old.h5");
  const auto          function = make_function<2>();
  function.save(name);
  {
    const hid_t id = H5Fopen(name.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    {
      File file(name, File::FileAccessMode::open);
      H5Adelete(id, "format_version");
      H5Ldelete(id, "coefficients", H5P_DEFAULT);
      file.set_attribute("format_version", 3);
    }
    H5Fclose(id);
  }

  const auto copy = NetworkFunction<2>::load(name);

  for (const auto &x : points<2>(5))
    BOOST_TEST(copy->value(x, 1) == function.value(x, 1));
}



BOOST_AUTO_TEST_CASE(files_of_version_2_are_read)
{
  const ScratchFolder folder;
  const std::string   name     = folder.file("old.h5");
  const auto          function = make_function<2>();
  function.save(name);
  {
    const hid_t id = H5Fopen(name.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    {
      File file(name, File::FileAccessMode::open);
      H5Adelete(id, "format_version");
      for (const std::string link : {"networks", "coefficients"})
        H5Ldelete(id, link.c_str(), H5P_DEFAULT);
      file.set_attribute("format_version", 2);
    }
    H5Fclose(id);
  }

  const auto copy = NetworkFunction<2>::load(name);

  for (const auto &x : points<2>(5))
    BOOST_TEST(copy->value(x, 1) == function.value(x, 1));
}



BOOST_AUTO_TEST_CASE(files_of_version_1_are_read)
{
  const ScratchFolder folder;
  const std::string   name     = folder.file("old.h5");
  const auto          function = make_function<2>();
  function.save(name);
  {
    const hid_t id = H5Fopen(name.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    {
      File file(name, File::FileAccessMode::open);
      for (const std::string attribute : {"format_version",
                                          "slopes",
                                          "slope_scale",
                                          "first_slope",
                                          "other_slope",
                                          "normalization",
                                          "skip_connections",
                                          "factorized_weights"})
        H5Adelete(id, attribute.c_str());
      for (const std::string link : {"omitted_inputs",
                                     "waves",
                                     "networks",
                                     "offsets",
                                     "factors",
                                     "coefficients"})
        H5Ldelete(id, link.c_str(), H5P_DEFAULT);
      file.set_attribute("format_version", 1);
    }
    H5Fclose(id);
  }

  const auto copy = NetworkFunction<2>::load(name);

  for (const auto &x : points<2>(5))
    BOOST_TEST(copy->value(x, 1) == function.value(x, 1));
}



BOOST_AUTO_TEST_CASE(an_unknown_feature_is_refused_in_one_sentence)
{
  check_refused_after(
    [](File &file, const hid_t id) {
      H5Adelete_by_name(id, "features/1", "name", H5P_DEFAULT);
      auto feature = file.open_group("features").open_group("1");
      feature.set_attribute("name", std::string("edge"));
    },
    "no input function 'edge'");
  check_refused_after(
    [](File &file, const hid_t id) {
      H5Adelete_by_name(id, "features/2", "text", H5P_DEFAULT);
      auto feature = file.open_group("features").open_group("2");
      feature.set_attribute("text", std::string("x, y: sin(x"));
    },
    "the formula ' sin(x' is not valid");
}

BOOST_AUTO_TEST_SUITE_END()
